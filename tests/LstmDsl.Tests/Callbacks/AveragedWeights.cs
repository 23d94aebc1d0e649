using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace LstmDsl.Tests;

/// <summary>
/// A user's callback, made of public members alone: keeps a moving average of the weights, lowers the learning rate after every so many
/// batches, and says so in a text. At the end it leaves average and text in a file, and the average in the model.
/// </summary>
internal sealed class AveragedWeights(double decay, int lowerAfter, string path) : Callback, IResumable
{
    private float[]? average;
    private int batches;
    private double sum;
    private string told = "";

    string IResumable.StateName => "averaged_weights";

    public override void OnTrainBegin(TrainingContext context) => (average, batches, sum, told) = (null, 0, 0, "");

    public override void OnBatchEnd(TrainingContext context)
    {
        var weights = context.CopyWeights();
        average ??= weights;
        for (var i = 0; i < average.Length; i++)
            average[i] += (float)((1 - decay) * (weights[i] - average[i]));
        sum += context.Logs["loss"];
        if (++batches % lowerAfter != 0)
            return;
        context.LearningRate *= 0.9;
        told += FormattableString.Invariant($"epoch {context.Epoch + 1}, batch {context.Batch + 1}: “{context.LearningRate:R}”\n");
    }

    public override void OnTrainEnd(TrainingContext context)
    {
        context.SetWeights(average);
        var hash = Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(average)));
        File.WriteAllText(path, $"{hash} {batches} {sum.ToString("R", CultureInfo.InvariantCulture)}\n{told}");
    }

    CallbackState IResumable.SaveState() => new()
    {
        Numbers = new Dictionary<string, double> { ["batches"] = batches, ["sum"] = sum },
        Texts = new Dictionary<string, string> { ["told"] = told },
        Weights = average,
    };

    void IResumable.RestoreState(CallbackState state) =>
        (batches, sum, told, average) = (state.Count("batches"), state.Number("sum"), state.Text("told"), state.Weights);
}

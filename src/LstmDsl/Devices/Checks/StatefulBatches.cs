using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>
/// What is asked of batches where layers are stateful: each sample goes on from the one that stood in its place in the batch before, so
/// that batches have one size and an order.
/// </summary>
internal static class StatefulBatches
{
    /// <summary>Throws where the samples of stateful layers would be shuffled.</summary>
    public static void RequireOrder(ModelPlan plan, bool shuffle)
    {
        if (plan.BatchSize > 0 && shuffle)
        {
            throw new ArgumentException(
                $"{Described(plan)} in the order of the data, which shuffling would destroy. "
                + "Write Windows(…, shuffle: false) where the windows are made, or Fit(x, y, …, shuffle: false).");
        }
    }

    /// <summary>Throws where data are cut into other batches than the model's.</summary>
    public static void Check(ModelPlan plan, int batchSize, int samples, string name)
    {
        if (plan.BatchSize > 0 && batchSize != plan.BatchSize)
        {
            throw new ArgumentException(
                $"{Described(plan)}, each of {plan.BatchSize} samples as its [Input] says; {name} come in batches of {batchSize}.");
        }

        CheckCount(plan, samples, name);
    }

    /// <summary>Throws where samples are no whole number of batches.</summary>
    public static void CheckCount(ModelPlan plan, int samples, string name)
    {
        if (plan.BatchSize > 0 && samples % plan.BatchSize != 0)
        {
            throw new ArgumentException(
                $"{Described(plan)}, each of {plan.BatchSize} samples as its [Input] says; {name}: {samples} samples are no whole number "
                + "of batches.");
        }
    }

    private static string Described(ModelPlan plan) => $"{plan.Name} has stateful layers, which go on from batch to batch";
}

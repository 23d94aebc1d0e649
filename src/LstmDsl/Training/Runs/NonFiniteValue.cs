using System.Globalization;
using System.Text;

namespace LstmDsl;

/// <summary>
/// Where the first NaN or infinite value of a training step arose, found by running the step again on the scalar reference: forwards layer
/// by layer and timestep by timestep, then the loss, the gradients from the last layer to the first, and the new weights.
/// </summary>
/// <param name="Layer">The layer's name, such as <c>lstm_1</c>; <c>loss</c> for the loss.</param>
/// <param name="Quantity">
/// What it is of the layer: <c>gate</c>, <c>cell state</c>, <c>hidden state</c>, <c>output</c>, <c>gradient of lstm_1.kernel</c>,
/// <c>weight lstm_1.kernel</c>, or <c>loss</c>.
/// </param>
/// <param name="Value">NaN or an infinity.</param>
public sealed record NonFiniteValue(string Layer, string Quantity, double Value)
{
    /// <summary>Index of the epoch, from 0.</summary>
    public int Epoch { get; init; }

    /// <summary>Index of the batch within the epoch, from 0.</summary>
    public int Batch { get; init; }

    /// <summary>Index of the sample within the batch, from 0; null where it belongs to no sample.</summary>
    public int? Sample { get; init; }

    /// <summary>Index of the sample (of a data set: of the window) in the training data; null where it belongs to no sample.</summary>
    public int? Window { get; init; }

    /// <summary>The timestep, from 0, in the order in which the layer goes through time; null where it belongs to none.</summary>
    public int? Timestep { get; init; }

    /// <summary>The gate: i, f, c or o of an LSTM, z, r or h of a GRU; null elsewhere.</summary>
    public string? Gate { get; init; }

    /// <summary>Index of the unit or column, from 0.</summary>
    public int? Unit { get; init; }

    /// <summary>The values around it, by name: what the layer had at hand there.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Around { get; init; } = [];

    /// <summary>One line with everything that is known; epochs and batches count from 1, as progress shows them.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        // Tensors' names begin with their layer's.
        text.Append(Layer == Quantity || Quantity.Contains('.') ? Quantity : $"{Quantity} of {Layer}");
        text.Append(CultureInfo.InvariantCulture, $" is {Number(Value)} in epoch {Epoch + 1}, batch {Batch + 1}");
        if (Sample is not null)
            text.Append(CultureInfo.InvariantCulture, $", sample {Sample} (window {Window})");
        if (Timestep is not null)
            text.Append(CultureInfo.InvariantCulture, $", timestep {Timestep}");
        if (Gate is not null)
            text.Append(CultureInfo.InvariantCulture, $", gate {Gate}");
        if (Unit is not null)
            text.Append(CultureInfo.InvariantCulture, $", unit {Unit}");
        if (Around.Count > 0)
            text.Append("; around it: ").AppendJoin(", ", Around.Select(near => $"{near.Key} = {Number(near.Value)}"));
        return text.ToString();
    }

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}

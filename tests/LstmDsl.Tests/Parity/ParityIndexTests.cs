using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>Nothing that a case says is passed over.</summary>
public sealed class ParityIndexTests
{
    /// <summary>
    /// What the cases of a group say, all of which a test reads, or whose tensors would not agree without it: which layers, which data. A field
    /// that is not here is read by nobody.
    /// </summary>
    private static readonly Dictionary<string, string[]> Fields = new()
    {
        ["networks"] = ["name", "file", "float32_error", "input", "layers", "batch", "loss", "mask", "mask_value", "sample_weight", "vocabulary"],
        ["stateful"] = ["name", "file", "input", "layers"],
        ["optimizers"] = ["name", "file", "float32_error", "optimizer", "steps"],
        ["schedules"] = ["name", "schedule", "rates"],
        ["losses"] = ["name", "file", "loss"],
        ["metrics"] = ["name", "file", "metric", "sample_weight", "after_batch"],
        ["activations"] = ["name", "file", "activation", "args"],
        ["initializers"] = ["name", "initializer", "shape", "min", "max", "mean", "std", "count", "rows_orthonormal_to", "row_norm"],
        ["fit"] =
        [
            "name", "file", "float32_error", "data", "padding", "input", "layers", "initial", "optimizer", "loss", "metrics", "weighted_metrics",
            "callbacks", "fit", "forecast", "sample_weight", "class_weight", "validation_count", "epochs", "history", "rates", "checkpoint_files",
        ],
        ["functional"] =
        [
            "name", "file", "model", "float32_error", "declaration", "padding", "samples", "optimizer", "calls", "inputs", "layers", "trainable", "non_trainable",
            "text",
        ],
        ["windows"] = ["name", "count", "target_count", "args", "batches", "error"],
    };

    [Fact]
    public void NoFieldOfACaseIsPassedOver()
    {
        foreach (var (group, fields) in Fields)
        {
            var found = ParityIndex.Cases(group).SelectMany(element => element.EnumerateObject()).Select(field => field.Name);
            Assert.Equal(fields.Order(), found.Distinct().Order());
        }
    }

    [Theory]
    [InlineData("""{"type": "BinaryFocalCrossentropy", "gama": 3}""")]
    [InlineData("""{"type": "MeanSquaredError", "delta": 3}""")]
    public void AnArgumentThatNobodyReadsFailsTheTest(string loss) =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => KerasLosses.Of(JsonElement.Parse(loss)));

    [Fact]
    public void EveryArgumentOfAFocalLossIsRead() => Assert.Equal(
        Loss.BinaryFocalCrossentropy(applyClassBalancing: true, alpha: 0.3, gamma: 1.5, fromLogits: true, labelSmoothing: 0.1),
        KerasLosses.Of(JsonElement.Parse(
            """
            {"type": "BinaryFocalCrossentropy", "apply_class_balancing": true, "alpha": 0.3, "gamma": 1.5, "from_logits": true, "label_smoothing": 0.1}
            """)));
}

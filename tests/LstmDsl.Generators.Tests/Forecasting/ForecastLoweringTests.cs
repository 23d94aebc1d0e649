namespace LstmDsl.Generators.Tests;

/// <summary>The network that is made of a declared forecast: its parts, their shapes and their names.</summary>
public sealed class ForecastLoweringTests
{
    private const string Columns =
        """
        [Target("Demand")] [Known("Temperature")] [Known(DatePart.HourOfDay)] [Known("Demand", Lag = 168)] [Past("Wind")] [Quantiles(0.1, 0.5, 0.9)]
        """;

    [Fact]
    public void What_is_known_joins_flattened_behind_a_vector()
    {
        var model = Plan($"[Forecast(168, 24)] {Columns} [Lstm(64)] [Future] [Dense(32)]");
        Assert.Empty(model.Faults);
        Assert.Equal([("History", 168, 5), ("Future", 24, 4)], model.Inputs.Select(input => (input.Name, input.Timesteps, input.Features)));
        AssertLayers(
            model, ("history", "168×5"), ("future", "24×4"), ("future_flat", "96"), ("lstm", "64"), ("concatenate", "160"), ("dense", "32"),
            ("forecast", "72"), ("forecast_steps", "24×3"));
        Assert.Equal(["future_flat", "lstm"], model.Declared[4].Inputs);
    }

    [Fact]
    public void What_is_known_joins_step_by_step_behind_a_sequence_of_the_horizon()
    {
        var model = Plan($"[Forecast(168, 24)] {Columns} [Lstm(64)] [RepeatVector(24)] [Future] [Lstm(32, ReturnSequences = true)]");
        Assert.Empty(model.Faults);
        AssertLayers(
            model, ("history", "168×5"), ("future", "24×4"), ("lstm", "64"), ("repeat_vector", "24×64"), ("concatenate", "24×68"),
            ("lstm_1", "24×32"), ("forecast", "24×3"));
    }

    [Fact]
    public void One_input_suffices_where_nothing_is_known()
    {
        var model = Plan("[Forecast(48, 6)] [Target(\"Low\")] [Target(\"High\")] [Past(\"Wind\")] [Gru(8)]");
        Assert.Empty(model.Faults);
        Assert.False(model.HasSeveralInputs);
        Assert.Equal(("History", "history", 48, 3), (model.Inputs[0].Name, model.Inputs[0].FileName, model.Timesteps, model.Features));
        AssertLayers(model, ("gru", "8"), ("forecast", "12"), ("forecast_steps", "6×2"));
    }

    [Fact]
    public void The_mean_stands_beside_the_levels_of_each_target()
    {
        var model = Plan("[Forecast(48, 6)] [Target(\"Low\")] [Target(\"High\")] [Quantiles(0.25, 0.5, 0.75)] [Mean] [Gru(8)]");
        Assert.Equal((6, 8), (model.OutputTimesteps, model.Outputs));
    }

    [Theory]
    [InlineData("[Lstm(8, ReturnSequences = true)] [Flatten]", true)]
    [InlineData("[Lstm(8, ReturnSequences = true)] [GlobalAveragePooling1D]", true)]
    [InlineData("[Conv1D(8, 25)]", false)]
    [InlineData("[AveragePooling1D(2)]", false)]
    [InlineData("[Lstm(8, ReturnSequences = true, Name = \"States\")] [Lstm(8)] [Attention(\"States\")]", true)]
    [InlineData("[Bidirectional] [Lstm(8)] [RepeatVector(24)]", false)]
    [InlineData("[Lstm(8, Name = \"Encoder\")] [From(\"History\")] [GlobalMaxPooling1D] [Concatenate(\"Encoder\")]", true)]
    [InlineData("[From(\"History\")] [Lstm(8)]", true)]
    public void Shapes_say_how_what_is_known_joins(string layers, bool isVector)
    {
        var model = Plan($"[Forecast(48, 24)] [Target(\"Demand\")] [Known(\"Price\")] {layers} [Future]");
        Assert.Empty(model.Faults);
        Assert.Equal(isVector, model.Declared.Any(layer => layer.FileName == "future_flat"));
        Assert.Equal((24, 1), (model.OutputTimesteps, model.Outputs));
    }

    [Fact]
    public void Mistakes_are_found_at_the_attributes_that_were_written()
    {
        var model = Plan($"[Forecast(168, 24)] {Columns} [Lstm(64)] [Future] [Dense(0)] [Embedding(3, 3)]");
        Assert.Equal([("LSTM003", 9, "units")], model.Faults.Select(fault => (fault.Id, fault.Attribute, fault.Argument)));

        // What the planner finds goes the same way.
        model = Plan($"[Forecast(168, 24)] {Columns} [Lstm(64)] [Future] [Dense(8)] [Reshape(24, 3)]");
        Assert.Equal([("LSTM021", 10)], model.Faults.Select(fault => (fault.Id, fault.Attribute)));
    }

    [Theory]
    [InlineData("[Lstm(8, Name = \"History\")]", 2, "The name 'History' clashes with the input 'History', which [Forecast] makes")]
    [InlineData("[Lstm(8, Name = \"HistoryShape\")]", 2, "The name 'HistoryShape' clashes with the input 'History', which [Forecast] makes")]
    [InlineData(
        "[Lstm(8, Name = \"forecast\")]", 0,
        "The name 'ForecastHead' clashes with another layer's name in files, 'forecast': [Forecast] makes a layer of this name")]
    [InlineData(
        "[Lstm(8)] [Dense(3, Name = \"ForecastHead\")]", 0,
        "The name 'ForecastHead' clashes with the layer 'ForecastHead': [Forecast] makes a layer of this name")]
    [InlineData("[Lstm(8, Name = \"Columns\")]", 2, "The name 'Columns' clashes with a member that every model has")]
    public void Names_of_the_parts_clash_as_others_do(string layers, int attribute, string message)
    {
        var fault = Assert.Single(Plan($"[Forecast(48, 24)] [Target(\"Demand\")] {layers}").Faults);
        var format = Descriptors.ById[fault.Id].MessageFormat.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(
            (attribute, message),
            (fault.Attribute, string.Format(System.Globalization.CultureInfo.InvariantCulture, format, [.. fault.Values])));
    }

    private static void AssertLayers(PlannedModel model, params (string Name, string Shape)[] layers) => Assert.Equal(
        layers, model.Declared.Select(layer => (layer.FileName, string.Join("×", model.KernelsOf(layer)[^1].OutputShape))));

    private static PlannedModel Plan(string attributes) => Compiler.Plan($"using LstmDsl; {attributes} public sealed partial class Model;");
}

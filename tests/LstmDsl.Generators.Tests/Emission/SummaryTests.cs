using System.Text.Json;
using LstmDsl.CompilerServices;

namespace LstmDsl.Generators.Tests;

/// <summary>The summary's text against what Keras printed.</summary>
public sealed class SummaryTests
{
    /// <summary>The recorded cases.</summary>
    public static TheoryData<string> Cases => ["jena", "damped_lstm", "damped_rnn", "trained", "stack", "wide"];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_table_is_Kerass(string name)
    {
        using var index = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "parity", "summaries.json")));
        var recorded = Assert.Single(index.RootElement.GetProperty("cases").EnumerateArray(), entry => entry.GetProperty("name").GetString() == name);
        var plan = Compiler.Plan(Declaration(recorded));
        var rows = SummaryEmitter.TableRows(plan).ToArray();
        OptimizerSize? optimizer = recorded.TryGetProperty("optimizer", out _) ? new OptimizerSize(plan.ParameterCount, Slots: 2) : null;
        var width = recorded.TryGetProperty("line_length", out var length) ? length.GetInt32() : SummaryTable.DefaultLineLength;

        // Keras hands its printer the text with a break at its end; ours leaves the break to whoever prints it.
        Assert.Equal(recorded.GetProperty("text").GetString(), SummaryTable.Format("sequential", rows, width, optimizer) + "\n");
        Assert.Equal(recorded.GetProperty("parameters").GetInt32(), plan.ParameterCount);
    }

    [Fact]
    public void The_generated_text_is_the_tables()
    {
        var plan = Compiler.Plan("[LstmDsl.Input(20, 1), LstmDsl.Lstm(20), LstmDsl.Dense(1)] partial class Model;");
        Assert.StartsWith("Model: \"Model\"\n┏━", SummaryEmitter.Text(plan), StringComparison.Ordinal);
        Assert.EndsWith("\n Non-trainable params: 0 (0.00 B)", SummaryEmitter.Text(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void Long_cells_wrap_at_spaces_and_longer_words_end_in_an_ellipsis()
    {
        // What rich 13 draws for a line of 40 with these cells.
        const string Expected =
            """
            Model: "m"
            ┏━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━┓
            ┃                 ┃ Output     ┃ Param ┃
            ┃ Layer (type)    ┃ Shape      ┃     # ┃
            ┡━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━┩
            │ a_rather_long_… │ (None, 20, │ 1,760 │
            │ (LSTM)          │ 1000)      │       │
            └─────────────────┴────────────┴───────┘
             Total params: 1,760 (6.88 KB)
             Trainable params: 1,760 (6.88 KB)
             Non-trainable params: 0 (0.00 B)
            """;
        var row = new SummaryRow("a_rather_long_layer_name_here_yes", "LSTM", "(None, 20, 1000)", 1_760);
        Assert.Equal(Expected, SummaryTable.Format("m", [row], lineLength: 40));
    }

    [Fact]
    public void A_line_too_short_for_three_columns_is_refused()
    {
        Assert.NotEmpty(SummaryTable.Format("m", [], SummaryTable.MinimumLineLength));
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => SummaryTable.Format("m", [], SummaryTable.MinimumLineLength - 1));
        Assert.Contains("at least 16", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>The case's model, declared here.</summary>
    private static string Declaration(JsonElement recorded)
    {
        var input = recorded.GetProperty("input");
        var layers = recorded.GetProperty("layers").EnumerateArray().Select(Layer);
        return $"[LstmDsl.Input({input[0].GetInt32()}, {input[1].GetInt32()}), {string.Join(", ", layers)}] partial class Model;";
    }

    private static string Layer(JsonElement layer)
    {
        var kind = layer.GetProperty("type").GetString();
        if (kind == "Bidirectional")
            return "LstmDsl.Bidirectional, " + Layer(layer.GetProperty("layer"));
        if (kind == "Dropout")
            return $"LstmDsl.Dropout({layer.GetProperty("rate").GetRawText()})";

        var name = kind switch { "LSTM" => "Lstm", "GRU" => "Gru", "SimpleRNN" => "SimpleRnn", _ => "Dense" };
        var sequences = layer.TryGetProperty("return_sequences", out _) ? ", ReturnSequences = true" : "";
        return $"LstmDsl.{name}({layer.GetProperty("units").GetInt32()}{sequences})";
    }
}

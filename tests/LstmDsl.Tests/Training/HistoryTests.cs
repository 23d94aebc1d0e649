using System.Text.Json;

namespace LstmDsl.Tests;

public sealed class HistoryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Values_are_found_by_name()
    {
        var history = Example();
        Assert.Equal(["loss", "accuracy", "val_loss"], history.Names);
        Assert.Equal([3, 4, 5, 6], history.Epochs);
        Assert.Equal([1.0, 0.5, double.NaN, 0.5], history[Monitored.Loss]);
        Assert.Equal([0.9, 0.8], history["val_loss"]);
        Assert.Equal([4, 6], history.EpochsOf(Monitored.ValLoss));
        Assert.Equal(TimeSpan.FromSeconds(2), history.Durations[1]);
    }

    [Fact]
    public void An_unknown_name_lists_the_known_ones()
    {
        var problem = Assert.Throws<KeyNotFoundException>(() => Example()["val_accuracy"]);
        Assert.Contains("\"val_accuracy\"", problem.Message, StringComparison.Ordinal);
        Assert.Contains("loss, accuracy, val_loss", problem.Message, StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => Example()[default]);
    }

    [Fact]
    public void The_best_epoch_is_the_first_of_the_best_values_by_their_direction()
    {
        var history = Example();
        Assert.Equal(4, history.BestEpoch(Monitored.Loss));
        Assert.Equal(0.5, history.Best(Monitored.Loss));
        Assert.Equal(5, history.BestEpoch("accuracy"));
        Assert.Equal(6, history.BestEpoch(Monitored.ValLoss));
        var empty = new History();
        empty.Begin(["loss"]);
        Assert.Null(empty.BestEpoch("loss"));
        Assert.Null(empty.Best("loss"));
    }

    [Fact]
    public void A_warning_stands_once()
    {
        var history = new History();
        Assert.True(history.Warn("a constant column"));
        Assert.False(history.Warn("a constant column"));
        Assert.Single(history.Warnings);
    }

    [Fact]
    public void Csv_has_a_row_an_epoch()
    {
        Example().SaveCsv(folder.File("h.csv"));
        Assert.Equal(
            "epoch,loss,accuracy,val_loss\n3,1,0.1,NA\n4,0.5,0.2,0.9\n5,NaN,0.7,NA\n6,0.5,0.30000000000000004,0.8\n",
            File.ReadAllText(folder.File("h.csv")));
    }

    [Fact]
    public void Json_reads_back_as_it_was()
    {
        var history = Example();
        history.StoppedBy = "EarlyStopping: \"enough\"";
        history.Warn("one");
        history.SaveJson(folder.File("h.json"));
        var text = File.ReadAllText(folder.File("h.json"));
        Assert.DoesNotContain('\r', text);
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        Assert.Equal([3, 4, 5, 6], root.GetProperty("epochs").EnumerateArray().Select(value => value.GetInt32()));
        Assert.Equal([1.0, 2, 3, 4], root.GetProperty("seconds").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal("""[1,0.5,"NaN",0.5]""", Compact(root.GetProperty("history").GetProperty("loss")));
        Assert.Equal("[null,0.9,null,0.8]", Compact(root.GetProperty("history").GetProperty("val_loss")));
        Assert.Equal(0.1 + 0.2, root.GetProperty("history").GetProperty("accuracy")[3].GetDouble());
        Assert.Equal(history.StoppedBy, root.GetProperty("stopped_by").GetString());
        Assert.Equal("one", root.GetProperty("warnings")[0].GetString());
    }

    [Fact]
    public void A_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it()
    {
        File.WriteAllText(folder.File("h.csv"), new string('x', 10_000));
        Example().SaveCsv(folder.File("h.csv"));
        Assert.StartsWith("epoch,", File.ReadAllText(folder.File("h.csv")), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(folder.File("h.csv"))!));
        Assert.ThrowsAny<IOException>(() => Example().SaveCsv(folder.File("missing/h.csv")));
    }

    [Fact]
    public void The_table_marks_the_best_epoch()
    {
        var history = Example();
        history.StoppedBy = "EarlyStopping";
        Assert.Equal("""
            epoch    loss  accuracy  val_loss
                4  1.0000    0.1000
                5  0.5000    0.2000    0.9000
                6     nan    0.7000
                7  0.5000    0.3000    0.8000  best val_loss
            EarlyStopping
            """, history.ToString(), ignoreLineEndingDifferences: true);
        Assert.Equal("No epoch has run.", new History().ToString());
    }

    [Fact]
    public void The_table_of_a_long_run_is_short()
    {
        var history = new History();
        history.Begin(["loss"]);
        for (var epoch = 0; epoch < 1000; epoch++)
            history.Add(epoch, new Dictionary<string, double> { ["loss"] = Math.Abs(epoch - 400) + 1 }, TimeSpan.Zero);
        var lines = history.ToString().Split('\n');
        Assert.Equal(1 + 5 + 1 + 1 + 1 + 5, lines.Length);
        Assert.Contains(lines, line => line.EndsWith("401    1.0000  best loss", StringComparison.Ordinal));
    }

    [Fact]
    public void The_chart_marks_the_best_validation_loss()
    {
        Example().SaveChart(folder.File("loss.svg"));
        var svg = File.ReadAllText(folder.File("loss.svg"));
        Assert.Contains(">best: 0.8 in epoch 7<", svg, StringComparison.Ordinal);
        Assert.Contains(">validation<", svg, StringComparison.Ordinal);
        Example().SaveChart(folder.File("accuracy.svg"), "accuracy");
        Assert.Contains(">best: 0.7 in epoch 6<", File.ReadAllText(folder.File("accuracy.svg")), StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => Example().SaveChart(folder.File("x.svg"), "accurracy"));
        Assert.Throws<ArgumentException>(() => Example().SaveChart(folder.File("loss.png")));
    }

    private static History Example()
    {
        var history = new History();
        history.Begin(["loss", "accuracy", "val_loss"], name => name == "accuracy" ? Direction.Maximize : null);
        Add(3, 1, 0.1, null);
        Add(4, 0.5, 0.2, 0.9);
        Add(5, double.NaN, 0.7, null);
        Add(6, 0.5, 0.1 + 0.2, 0.8);
        return history;

        void Add(int epoch, double loss, double accuracy, double? validation)
        {
            var logs = new Dictionary<string, double> { ["loss"] = loss, ["accuracy"] = accuracy };
            if (validation is { } value) logs["val_loss"] = value;
            history.Add(epoch, logs, TimeSpan.FromSeconds(epoch - 2));
        }
    }

    private static string Compact(JsonElement element) => JsonSerializer.Serialize(element);
}

namespace LstmDsl.Tests;

public sealed class ProgressDisplayTests : IDisposable
{
    private static readonly string[] Names = ["loss", "mean_absolute_error", "val_loss"];
    private readonly Clock clock = new();
    private readonly StringWriter output = new();

    public void Dispose() => output.Dispose();

    [Fact]
    public void A_terminal_gets_a_bar_that_is_overwritten()
    {
        var display = new ProgressDisplay(output, isTerminal: true, width: 200, clock, verbose: 1, Names);
        display.EpochBegin(2, 30, 32);
        Assert.Equal("Epoch 3/30\n", Taken());
        for (var done = 1; done <= 11; done++) Step(display, done, milliseconds: 3);

        // The first batch and, 50 ms later at the earliest, the next one after the bar fell due again.
        clock.Advance(40);
        Assert.True(display.IsDue(12));
        display.Batch(12, Logs(0.1234567));
        Assert.Equal(
            "\r 1/32 ──────────────────── 0s 3ms/step - loss: 0.1000 - mean_absolute_error: 5.0000e-04"
            + "\r12/32 ━━━━━━━───────────── 0s 6ms/step - loss: 0.1235 - mean_absolute_error: 5.0000e-04",
            Taken());

        clock.Advance(1000);
        display.EpochEnd(32, new Dictionary<string, double>(Logs(0.09)) { ["val_loss"] = double.NaN });
        Assert.Equal("\r32/32 ━━━━━━━━━━━━━━━━━━━━ 1s 35ms/step - loss: 0.0900 - mean_absolute_error: 5.0000e-04 - val_loss: nan\n", Taken());
    }

    [Fact]
    public void Between_redraws_nothing_happens()
    {
        var display = new ProgressDisplay(output, isTerminal: true, width: 200, clock, verbose: 1, Names);
        display.EpochBegin(0, 1, 1_000_000);
        Step(display, 1, milliseconds: 1);
        Taken();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var due = 0;
        for (var done = 2; done < 10_000; done++)
        {
            if (display.IsDue(done)) due++;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, due);
        Assert.Equal("", Taken());
        clock.Advance(50);
        Assert.True(display.IsDue(10_000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Elsewhere_an_epoch_is_one_plain_line(int verbose)
    {
        var display = new ProgressDisplay(output, isTerminal: verbose == 2, width: 200, clock, verbose, Names);
        display.EpochBegin(2, 30, 8);
        for (var done = 1; done <= 8; done++)
        {
            clock.Advance(250);
            Assert.False(display.IsDue(done));
        }

        display.EpochEnd(8, Logs(0.5));
        Assert.Equal("Epoch 3/30 - 8/8 - 2s - 250ms/step - loss: 0.5000 - mean_absolute_error: 5.0000e-04\n", Taken());
    }

    [Fact]
    public void Verbose_0_shows_nothing()
    {
        var display = new ProgressDisplay(output, isTerminal: true, width: 80, clock, verbose: 0, Names);
        display.EpochBegin(0, 1, 2);
        Assert.False(display.IsDue(1));
        display.EpochEnd(2, Logs(1));
        display.BreakLine();
        Assert.Equal("", Taken());
    }

    [Fact]
    public void A_shorter_line_covers_the_one_before()
    {
        var display = new ProgressDisplay(output, isTerminal: true, width: 200, clock, verbose: 1, Names);
        display.EpochBegin(0, 1, 2);
        Taken();
        Step(display, 1, milliseconds: 100);
        var first = Taken().TrimStart('\r');
        display.EpochEnd(2, new Dictionary<string, double>());
        Assert.Equal(first.Length, Taken().Trim('\r', '\n').Length);
    }

    [Fact]
    public void A_running_line_never_wraps()
    {
        var display = new ProgressDisplay(output, isTerminal: true, width: 40, clock, verbose: 1, Names);
        display.EpochBegin(0, 1, 100);
        Taken();
        Step(display, 1, milliseconds: 100);
        Assert.Equal(39, Taken().TrimStart('\r').Length);
    }

    [Fact]
    public void The_last_line_of_an_epoch_breaks_between_values()
    {
        string[] names = ["loss", "mean_absolute_error", "val_loss", "val_mean_absolute_error"];
        var display = new ProgressDisplay(output, isTerminal: true, width: 100, clock, verbose: 1, names);
        display.EpochBegin(0, 1, 32);
        Taken();
        clock.Advance(1000);
        display.EpochEnd(32, new Dictionary<string, double>(Logs(0.09)) { ["val_loss"] = 0.5, ["val_mean_absolute_error"] = 0.25 });
        Assert.Equal(
            "\r32/32 ━━━━━━━━━━━━━━━━━━━━ 1s 31ms/step - loss: 0.0900 - mean_absolute_error: 5.0000e-04\n"
            + "  - val_loss: 0.5000 - val_mean_absolute_error: 0.2500\n",
            Taken());
    }

    [Theory]
    [InlineData(60)]
    [InlineData(61)]
    [InlineData(75)]
    [InlineData(85)]
    public void A_running_line_ends_with_a_whole_number(int columns)
    {
        var display = new ProgressDisplay(output, isTerminal: true, columns, clock, verbose: 1, Names);
        display.EpochBegin(0, 1, 100);
        Taken();
        Step(display, 1, milliseconds: 100);
        var line = Taken().TrimStart('\r');
        Assert.InRange(line.Length, 1, columns - 1);
        Assert.EndsWith(" - loss: 0.1000", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100, 700, "1:09")]
    [InlineData(100, 7_000, "11:39")]
    [InlineData(3_600_000, 3, "2:00:00")]
    [InlineData(500, 3, "1s")]
    public void The_time_that_remains_reads_as_in_Keras(int millisecondsPerBatch, int batches, string expected)
    {
        var display = new ProgressDisplay(output, isTerminal: true, width: 200, clock, verbose: 1, Names);
        display.EpochBegin(0, 1, batches);
        Step(display, 1, millisecondsPerBatch);
        Assert.Contains($"─ {expected} ", Taken(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_epoch_that_is_cut_off_leaves_the_line()
    {
        var display = new ProgressDisplay(output, isTerminal: true, width: 200, clock, verbose: 1, Names);
        display.EpochBegin(0, 1, 10);
        Step(display, 1, milliseconds: 1);
        Taken();
        display.BreakLine();
        display.BreakLine();
        Assert.Equal("\n", Taken());
    }

    [Fact]
    public void Where_letters_are_ASCII_so_is_the_bar()
    {
        using var stream = new MemoryStream();
        using var ascii = new StreamWriter(stream, System.Text.Encoding.ASCII);
        var display = new ProgressDisplay(ascii, isTerminal: true, width: 80, clock, verbose: 1, Names);
        display.EpochBegin(0, 1, 4);
        Step(display, 1, milliseconds: 1);
        Assert.Contains("1/4 =====............... 0s", System.Text.Encoding.ASCII.GetString(stream.ToArray()), StringComparison.Ordinal);
    }

    private static Dictionary<string, double> Logs(double loss) => new() { ["mean_absolute_error"] = 0.0005, ["loss"] = loss };

    private void Step(ProgressDisplay display, int done, int milliseconds)
    {
        clock.Advance(milliseconds);
        if (display.IsDue(done)) display.Batch(done, Logs(0.1));
    }

    private string Taken()
    {
        var text = output.ToString();
        output.GetStringBuilder().Clear();
        return text;
    }

    private sealed class Clock : TimeProvider
    {
        private long milliseconds = 1;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => milliseconds;

        public void Advance(int by) => milliseconds += by;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;

namespace LstmDsl.Tests;

/// <summary>
/// Reads the machine code of the hot loops: nothing in them may be called, vector by vector. The compiler stops inlining where a method has grown
/// too large for it, and says nothing.
/// </summary>
public sealed partial class HotLoopTests
{
    // What fills no whole vector is a method of its own, called once a row.
    private const string Rest = "ColumnSweep:RunRest";

    /// <summary>Widths that this processor has, with and without the 32 registers of AVX-512.</summary>
    public static TheoryData<int, bool> Widths()
    {
        var widths = new TheoryData<int, bool> { { 128, false } };
        if (Vector256.IsHardwareAccelerated) widths.Add(256, false);
        if (!Vector512.IsHardwareAccelerated) return widths;
        widths.Add(256, true);
        widths.Add(512, true);
        return widths;
    }

#if DEBUG
    [Theory(Skip = "A debug build is not optimised; the test is for a release build.")]
#else
    [Theory]
#endif
    [MemberData(nameof(Widths))]
    public void Nothing_is_called_in_a_hot_loop(int width, bool has512)
    {
        using var folder = new TemporaryFolder();
        var listing = folder.File("code.txt");
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", typeof(HotLoopRun).Assembly.Location, HotLoopRun.Command },
            RedirectStandardError = true,
            Environment =
            {
                ["DOTNET_JitDisasm"] = "Run RunOne Tile Block",
                ["DOTNET_JitStdOutFile"] = listing,
                ["DOTNET_EnableAVX512"] = has512 ? "1" : "0",
                ["LSTMDSL_VECTOR_WIDTH"] = width.ToString(CultureInfo.InvariantCulture),
            },
        };
        using (var program = Process.Start(start)!)
        {
            var errors = program.StandardError.ReadToEnd();
            program.WaitForExit();
            Assert.True(program.ExitCode == 0, errors);
        }

        var methods = Method().Split(File.ReadAllText(listing)).Where(text => HotLoop().IsMatch(text)).ToList();
        var calls = methods.SelectMany(text => Call().Matches(text).Select(call => $"{text[..text.IndexOf('\n')]} calls {call.Groups[1].Value}"));

        // Six cells forwards and backwards, two halves more where a reset gate comes before; tiles; rows.
        Assert.True(methods.Count(text => text.Contains("CellSweep`1", StringComparison.Ordinal)) >= 14, $"only {methods.Count} loops were found");
        Assert.Contains(methods, text => text.Contains("MatrixProduct:Tile", StringComparison.Ordinal));
        Assert.Contains(methods, text => text.Contains("RowProduct:Block", StringComparison.Ordinal));
        Assert.DoesNotContain(calls, call => !call.Contains(Rest, StringComparison.Ordinal));
    }

    [GeneratedRegex("^; Assembly listing for method ", RegexOptions.Multiline)]
    private static partial Regex Method();

    [GeneratedRegex(@"\A[^\n]*(CellSweep`1[^\n]*:Run\[|MatrixProduct:Tile|RowProduct:Block)")]
    private static partial Regex HotLoop();

    [GeneratedRegex(@"^\s+call\s+(.*)$", RegexOptions.Multiline)]
    private static partial Regex Call();
}

using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LstmDsl.Tests;

/// <summary>
/// ONNX Runtime, through Node in a process of its own: the package onnxruntime-node in the folder that the environment variable
/// LSTMDSL_ONNXRUNTIME names.
/// </summary>
public sealed class OnnxRuntime : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Lazy<string?> Absence = new(() =>
    {
        using var runtime = new OnnxRuntime();
        return runtime.Start();
    });

    private Process? process;

    /// <summary>Why there is none; null where there is one.</summary>
    public static string? WhyAbsent => Absence.Value;

    /// <summary>Runs a model on its one input.</summary>
    /// <returns>The shape and the values of its one output.</returns>
    public (int[] Shape, float[] Values) Run(string model, int[] shape, ReadOnlySpan<float> input)
    {
        if (process is null)
            Assert.Null(Start());
        var bytes = Convert.ToBase64String(MemoryMarshal.AsBytes(input));
        process!.StandardInput.WriteLine(JsonSerializer.Serialize(new { model, shape, input = bytes }));
        process.StandardInput.Flush();
        var answer = JsonDocument.Parse(ReadLine() ?? throw new InvalidOperationException("ONNX Runtime ended.")).RootElement;
        if (answer.TryGetProperty("error", out var error))
            Assert.Fail(error.GetString()!);
        var output = MemoryMarshal.Cast<byte, float>(answer.GetProperty("output").GetBytesFromBase64()).ToArray();
        return ([.. answer.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())], output);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (process is null)
            return;
        // The end of its input ends it; if it hangs it is ended.
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(5)))
            process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    /// <summary>Starts it; says why it did not.</summary>
    private string? Start()
    {
        if (Tools.Find("LSTMDSL_NODE", "node") is not [var node, ..])
            return "no program node";
        var start = new ProcessStartInfo(node, [Path.Combine(AppContext.BaseDirectory, "Runtime", "onnx_runtime.mjs")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            process = Process.Start(start)!;
            process.BeginErrorReadLine();
            return ReadLine() is null ? "no onnxruntime-node in LSTMDSL_ONNXRUNTIME" : null;
        }
        catch (Exception failure) when (failure is Win32Exception or OperationCanceledException)
        {
            return failure.Message;
        }
    }

    private string? ReadLine()
    {
        using var tooLong = new CancellationTokenSource(Patience);
        return process!.StandardOutput.ReadLineAsync(tooLong.Token).AsTask().GetAwaiter().GetResult();
    }
}

/// <summary>One process for all tests that need it.</summary>
[CollectionDefinition(Name)]
public sealed class SharedOnnxRuntime : ICollectionFixture<OnnxRuntime>
{
    public const string Name = "ONNX Runtime";
}

using System.Reflection;
using LstmDsl.Tests;

namespace LstmDsl.Benchmarks;

/// <summary>A library to compare with.</summary>
/// <param name="Key">What <c>--peers</c> calls it.</param>
/// <param name="Name">Its name.</param>
/// <param name="HowToGet">What to do where it is absent.</param>
/// <param name="Commands">The commands that may start it, the likeliest first.</param>
internal sealed record Peer(string Key, string Name, string HowToGet, IReadOnlyList<PeerCommand> Commands)
{
    private const string NoSuchProgram = "no program to run it with was found";

    /// <summary>All peers, with the commands that this machine's PATH and environment offer.</summary>
    public static IReadOnlyList<Peer> All { get; } =
    [
        new("torch", "PyTorch", "`pip install torch`, or Debian's `python3-torch` with `libopenblas0-pthread`", Python("torch_peer.py")),
        new("keras-tensorflow", "Keras on TensorFlow", "`pip install keras tensorflow-cpu`",
            Python("keras_peer.py", ("KERAS_BACKEND", "tensorflow"))),
        new("keras-jax", "Keras on JAX", "`pip install keras jax`", Python("keras_peer.py", ("KERAS_BACKEND", "jax"))),
        new("jax", "JAX", "`pip install jax`", Python("jax_peer.py")),
        new("torchsharp", "TorchSharp", "`dotnet build -c Release tests/Peers/TorchSharpPeer`; its LibTorch needs the C++ library of Debian 13 or "
            + "Ubuntu 24.04 (GLIBCXX_3.4.32)", Project("TorchSharpPeer")),
        new("onnxruntime", "ONNX Runtime", "`dotnet build -c Release tests/Peers/OnnxRuntimePeer`", Project("OnnxRuntimePeer")),
        new("onnxruntime-node", "ONNX Runtime through Node, for streaming steps", "`npm i --ignore-scripts onnxruntime-node` in a folder that `LSTMDSL_ONNXRUNTIME` names",
            [.. Tools.Find("LSTMDSL_NODE", "node").Select(node => new PeerCommand(node, [Script("onnx_peer.mjs")]))]),
        new("rtneural", "RTNeural", "build `Peers/rtneural_peer.cpp` as its head says, and name the program in `LSTMDSL_RTNEURAL`",
            [.. Tools.Find("LSTMDSL_RTNEURAL", "rtneural_peer").Select(program => new PeerCommand(program, []))]),
    ];

    /// <summary>Starts the peer with each number of threads; none where it is absent.</summary>
    /// <param name="threads">Numbers of threads.</param>
    /// <param name="problem">Why it is absent.</param>
    public IReadOnlyList<Contender> Start(IReadOnlyList<int> threads, out string problem)
    {
        problem = NoSuchProgram;
        foreach (var command in Commands)
        {
            if (PeerContender.TryStart(command, threads[0], out problem) is not { } first)
                continue;
            var others = threads.Skip(1).Select(number => PeerContender.TryStart(command, number, out _)).OfType<Contender>();
            return [first, .. others];
        }

        return [];
    }

    private static string Script(string file) => Path.Combine(AppContext.BaseDirectory, "Peers", file);

    // A project that the solution does not build.
    private static PeerCommand[] Project(string name)
    {
        var folder = typeof(Peer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Peers").Value!;
        var program = Path.Combine(folder, name, "bin", "Release", "net10.0", name + ".dll");
        return File.Exists(program) ? [new("dotnet", [program])] : [];
    }

    private static PeerCommand[] Python(string script, params (string, string)[] environment) =>
        [.. Tools.Find("LSTMDSL_PYTHON", "python3", "python").Select(python => new PeerCommand(python, [Script(script)], environment))];
}

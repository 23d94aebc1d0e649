using System.Globalization;
using LstmDsl;
using LstmDsl.Benchmarks;
using Microsoft.ML.OnnxRuntime;

// ONNX Runtime, fed with what LstmDsl exports: predictions of a batch and of one window, into tensors made once.
var threads = int.Parse(args[0], CultureInfo.InvariantCulture);
PeerProtocol.Serve("ONNX Runtime", OrtEnv.Instance().GetVersionString(), new Dictionary<string, Func<Action<int>>>
{
    ["lstm32-predict"] = () => Prediction(new Lstm32(seed: 1), Lstm32.Shape, 256),
    ["lstm128-predict"] = () => Prediction(new Lstm128(seed: 1), Lstm128.Shape, 64),
    ["lstm512-predict"] = () => Prediction(new Lstm512(seed: 1), Lstm512.Shape, 64),
    ["lstm40-window"] = () => Prediction(new Lstm40(seed: 1), Lstm40.Shape, 1),
    ["lstm40-sequence-window"] = () => Prediction(new Lstm40Sequence(seed: 1), Lstm40Sequence.Shape, 1),
});

Action<int> Prediction<TModel>(TModel model, ModelShape shape, int samples) where TModel : class, IRecurrentModel<TModel>
{
    var folder = Directory.CreateTempSubdirectory("onnx-peer-").FullName;
    try
    {
        var path = Path.Combine(folder, "model.onnx");
        model.ExportOnnx(path, new() { BatchSize = samples });
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        // Waiting threads must not spin on the cores that somebody else is measured on.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        var session = new InferenceSession(path, options);
        var random = new Random(1);
        var x = new float[samples * shape.InputLength];
        for (var index = 0; index < x.Length; index++)
            x[index] = random.NextSingle() - 0.5f;
        var y = new float[samples * shape.OutputLength];
        var binding = session.CreateIoBinding();
        binding.BindInput(session.InputNames[0], OrtValue.CreateTensorValueFromMemory(x, Sizes(session.InputMetadata.Values.Single())));
        binding.BindOutput(session.OutputNames[0], OrtValue.CreateTensorValueFromMemory(y, Sizes(session.OutputMetadata.Values.Single())));
        return count =>
        {
            using var options = new RunOptions();
            for (var repeat = 0; repeat < count; repeat++)
                session.RunWithBinding(options, binding);
        };
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static long[] Sizes(NodeMetadata metadata) => [.. metadata.Dimensions.Select(size => (long)size)];

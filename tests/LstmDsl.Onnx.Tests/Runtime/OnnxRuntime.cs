using Microsoft.ML.OnnxRuntime;

namespace LstmDsl.Tests;

/// <summary>ONNX Runtime, on one thread.</summary>
internal static class OnnxRuntime
{
    /// <summary>Runs a model on its inputs, each with its name, its shape and its values.</summary>
    /// <returns>The shape and the values of its one output.</returns>
    public static (int[] Shape, float[] Values) Run(string model, params (string Name, int[] Shape, float[] Values)[] inputs)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        using var session = new InferenceSession(model, options);
        using var run = new RunOptions();
        var values = inputs.ToDictionary(input => input.Name, input => OrtValue.CreateTensorValueFromMemory(input.Values, Long(input.Shape)));
        try
        {
            using var results = session.Run(run, values, session.OutputNames);
            var output = Assert.Single(results);
            return ([.. output.GetTensorTypeAndShape().Shape.Select(size => (int)size)], output.GetTensorDataAsSpan<float>().ToArray());
        }
        finally
        {
            foreach (var value in values.Values)
                value.Dispose();
        }
    }

    private static long[] Long(int[] sizes) => [.. sizes.Select(size => (long)size)];
}

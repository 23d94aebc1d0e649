using System.Globalization;
using LstmDsl.CompilerServices;
using Onnx;

namespace LstmDsl;

/// <summary>A model as ONNX's messages.</summary>
internal static class OnnxModel
{
    public const string InputName = "input";
    public const string OutputName = "output";
    public const string PipelineKey = "pipeline";

    /// <summary>A message holds 2 GiB at most; names, shapes and nodes need next to nothing.</summary>
    private const long MostWeights = (int.MaxValue - (1L << 24)) / sizeof(float);

    /// <summary>Makes them.</summary>
    public static ModelProto Of(ModelState state, OnnxOptions options)
    {
        Check(state, options);
        var plan = state.Plan;
        var graph = new OnnxGraph(plan.Name);
        OnnxValue[] inputs = plan.Inputs.Count > 0
            ? [.. plan.Inputs.Select(input => new OnnxValue(input.FileName, input.Timesteps, input.Features))]
            : [new(InputName, plan.Shape.Timesteps, plan.Shape.Features)];
        var forecast = options.IncludePipeline ? state.Pipeline!.Forecast : null;
        if (forecast is not null)
            inputs = ForecastNodes.RawInputs(plan, forecast);
        foreach (var input in inputs)
            graph.AddInput(input.Name, input.Shape, options.BatchSize);
        var around = forecast is null ? null : new ForecastNodes(graph, state.Pipeline!, inputs);
        if (options.IncludePipeline)
            inputs = around?.Inputs ?? [PipelineNodes.Scale(graph, state.Pipeline!, inputs[0])];

        var values = new GraphValues(plan.Inputs, inputs);
        foreach (var layer in plan.Layers)
        {
            graph.Scope = layer.Name;
            values.Give(layer, OnnxLayers.Write(graph, new LayerSource(layer, state), values.ReadBy(layer)));
        }

        var output = !options.IncludePipeline ? values.Last
            : around?.Unscale(values.Last) ?? PipelineNodes.Unscale(graph, state.Pipeline!, values.Last);
        graph.Scope = "";
        graph.AddOutput(graph.NewName(OutputName), output, options.BatchSize);

        var model = Of(graph, options.Opset);
        if (state.Pipeline is { } pipeline)
            model.MetadataProps.Add(new StringStringEntryProto { Key = PipelineKey, Value = pipeline.ToJson() });
        return model;
    }

    /// <summary>Makes them of a graph.</summary>
    public static ModelProto Of(OnnxGraph graph, int opset) => new()
    {
        IrVersion = IrVersion(opset),
        OpsetImport = { new OperatorSetIdProto { Domain = "", Version = opset } },
        ProducerName = "LstmDsl",
        ProducerVersion = ModelFile.LibraryVersion,
        Graph = graph.Message,
    };

    private static void Check(ModelState state, OnnxOptions options)
    {
        if (options.Opset is < OnnxOptions.OldestOpset or > OnnxOptions.NewestOpset)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Operator sets {OnnxOptions.OldestOpset} to {OnnxOptions.NewestOpset} can be written; found {options.Opset}."));
        }

        if (options.BatchSize is < 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                string.Create(CultureInfo.InvariantCulture, $"The batch size is at least 1, or null for any; found {options.BatchSize}."));
        }

        if (state.Plan.ParameterCount > MostWeights)
        {
            throw new NotSupportedException(string.Create(
                CultureInfo.InvariantCulture,
                $"{state.Plan.Name} has {state.Plan.ParameterCount} weights; one ONNX file takes {MostWeights} at most."));
        }

        if (options.IncludePipeline)
            PipelineNodes.Check(state);
    }

    /// <summary>The version of the format that came with an operator set.</summary>
    private static long IrVersion(int opset) => opset switch
    {
        <= 18 => 8,
        <= 20 => 9,
        _ => 10,
    };
}

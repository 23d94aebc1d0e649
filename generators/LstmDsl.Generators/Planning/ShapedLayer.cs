namespace LstmDsl.Generators;

/// <summary>A kernel with its shapes inferred; a time axis of 0 means that there is none.</summary>
/// <param name="Spec">What was declared.</param>
/// <param name="Source">Index of the kernel whose output it reads; −1 where that is the model's input.</param>
/// <param name="Second">Index of the kernel whose output it reads beside that; −1 for none.</param>
/// <param name="Timesteps">Timesteps of its input.</param>
/// <param name="Inputs">Width of its input.</param>
/// <param name="OutputTimesteps">Timesteps of its output.</param>
/// <param name="Units">Width of its output.</param>
internal sealed record ShapedLayer(LayerSpec Spec, int Source, int Second, int Timesteps, int Inputs, int OutputTimesteps, int Units)
{
    /// <summary>Index of the kernel that says which timesteps of its input count; −1 where all do.</summary>
    public int Mask { get; init; } = -1;

    /// <summary>Index of the kernel that says which timesteps of its output count.</summary>
    public int GivenMask { get; init; } = -1;

    /// <summary>Rows of its output per sample.</summary>
    public long OutputRows => Math.Max(OutputTimesteps, 1);

    /// <summary>Whether it keeps every timestep's output but gives only the last.</summary>
    public bool GivesLastTimestep => Spec is RecurrentSpec { ReturnSequences: false };

    /// <summary>Where what it gives starts within all that it keeps, per sample.</summary>
    public long LastTimestep => GivesLastTimestep ? (Timesteps - 1L) * Units : 0;

    /// <summary>Whether it reads the output of a kernel.</summary>
    public bool Reads(int index) => Source == index || Second == index;

    /// <summary>Infers all kernels' shapes from the model's input on.</summary>
    public static IReadOnlyList<ShapedLayer> Infer(ModelSpec spec)
    {
        var layers = new List<ShapedLayer>();
        foreach (var layer in spec.Layers)
        {
            var source = Math.Max(layers.Count - layer.InputFrom, -1);
            var before = source < 0 ? null : layers[source];
            var (timesteps, width) = before is null ? (spec.Timesteps, spec.Features) : (before.OutputTimesteps, before.Units);
            var mask = before?.GivenMask ?? -1;
            layers.Add(new ShapedLayer(
                layer, source, layer is MergeSpec ? layers.Count - 1 : -1, timesteps, width,
                layer.OutputTimesteps(timesteps), layer.OutputWidth(timesteps, width))
            {
                Mask = mask,
                GivenMask = layer.MakesMask ? layers.Count : layer.CarriesMask ? mask : -1,
            });
        }

        return layers;
    }
}

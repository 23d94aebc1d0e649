namespace LstmDsl.Generators;

/// <summary>A kernel with its shapes inferred; a time axis of 0 means that there is none.</summary>
/// <param name="Spec">What was declared.</param>
/// <param name="Source">Index of the kernel whose output it reads; −1 where that is the model's input.</param>
/// <param name="Second">Index of the kernel whose output it reads beside that; <see cref="None"/> for none.</param>
/// <param name="Third">The same of the third.</param>
/// <param name="Timesteps">Timesteps of its input.</param>
/// <param name="Inputs">Width of its input.</param>
/// <param name="OutputTimesteps">Timesteps of its output.</param>
/// <param name="Units">Width of its output.</param>
internal sealed record ShapedLayer(
    LayerSpec Spec, int Source, int Second, int Third, int Timesteps, int Inputs, int OutputTimesteps, int Units)
{
    /// <summary>No kernel, and not the model's input either.</summary>
    public const int None = -2;

    /// <summary>Shape of the second output that it reads.</summary>
    public Extent SecondShape { get; init; } = Extent.None;

    /// <summary>Shape of the third.</summary>
    public Extent ThirdShape { get; init; } = Extent.None;

    /// <summary>Index of the kernel that says which timesteps of its input count; −1 where all do.</summary>
    public int Mask { get; init; } = -1;

    /// <summary>The same of the second output that it reads.</summary>
    public int SecondMask { get; init; } = -1;

    /// <summary>The same of the third.</summary>
    public int ThirdMask { get; init; } = -1;

    /// <summary>Index of the kernel that says which timesteps of its output count.</summary>
    public int GivenMask { get; init; } = -1;

    /// <summary>Whether its kernel says which timesteps of its output count.</summary>
    public bool MakesMask { get; init; }

    /// <summary>Rows of its output per sample.</summary>
    public long OutputRows => Math.Max(OutputTimesteps, 1);

    /// <summary>Whether it keeps every timestep's output but gives only the last.</summary>
    public bool GivesLastTimestep => Spec is RecurrentSpec { ReturnSequences: false };

    /// <summary>Where what it gives starts within all that it keeps, per sample.</summary>
    public long LastTimestep => GivesLastTimestep ? (Timesteps - 1L) * Units : 0;

    /// <summary>Index of the recurrent kernel whose last states it begins with; <see cref="None"/> for none.</summary>
    public int Initial { get; init; } = None;

    /// <summary>Whether it reads the output of a kernel.</summary>
    public bool Reads(int index) => Source == index || Second == index || Third == index;

    /// <summary>Infers all kernels' shapes from the model's input on.</summary>
    public static IReadOnlyList<ShapedLayer> Infer(ModelSpec spec)
    {
        var layers = new List<ShapedLayer>();
        foreach (var declared in spec.Layers)
        {
            var index = layers.Count;
            var layer = declared is DenseSpec { WidthFrom: > 0 and var like } dense ? dense with { Units = layers[index - like].Inputs } : declared;
            var source = Math.Max(index - layer.InputFrom, -1);
            var second = layer.SecondFrom == 0 ? None : Math.Max(index - layer.SecondFrom, -1);
            var third = layer.ThirdFrom == 0 ? None : Math.Max(index - layer.ThirdFrom, -1);
            var (first, other) = (Shape(source), second == None ? Extent.None : Shape(second));
            var output = layer switch
            {
                CombineSpec combine => combine.Output(first, other),
                AttentionSpec => new(first.Timesteps, other.Width),
                _ => layer.Output(first.Timesteps, first.Width),
            };
            var (mask, secondMask) = (Given(source), Given(second));
            var makesMask = layer.MakesMask || (layer is CombineSpec { AppendsTimesteps: var appends }
                && (appends ? mask >= 0 || secondMask >= 0 : mask >= 0 && secondMask >= 0 && mask != secondMask));
            var carries = layer is CombineSpec ? mask == secondMask : layer.CarriesMask;
            layers.Add(new ShapedLayer(layer, source, second, third, first.Timesteps, first.Width, output.Timesteps, output.Width)
            {
                SecondShape = other,
                ThirdShape = third == None ? Extent.None : Shape(third),
                Initial = layer is RecurrentSpec { InitialFrom: > 0 and var from } ? index - from : None,
                Mask = mask,
                SecondMask = secondMask,
                // Keys have a mask of their own only where they have a name of their own, and for several heads.
                ThirdMask = layer is AttentionSpec { Heads: not null, Names.Keys: not null } ? Given(third) : -1,
                MakesMask = makesMask,
                GivenMask = makesMask ? index : carries ? mask : -1,
            });
        }

        return layers;

        Extent Shape(int index) =>
            index < 0 ? new(spec.Timesteps, spec.Features) : new(layers[index].OutputTimesteps, layers[index].Units);

        int Given(int index) => index < 0 ? -1 : layers[index].GivenMask;
    }
}

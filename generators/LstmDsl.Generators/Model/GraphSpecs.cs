using LstmDsl.CompilerServices;

namespace LstmDsl.Generators;

/// <summary>Makes one output of two; several are put together one after the other.</summary>
internal sealed record CombineSpec : LayerSpec
{
    /// <summary>What is made of them.</summary>
    public required Combination Combination { get; init; }

    /// <summary>How many outputs a mean is taken of.</summary>
    public int Divisor { get; init; } = 1;

    /// <summary>The name of the layer or input whose output is the first.</summary>
    public required string FirstName { get; init; }

    /// <summary>The name of the layer or input whose output is the second.</summary>
    public required string SecondName { get; init; }

    /// <summary>Whether timesteps follow timesteps.</summary>
    public bool AppendsTimesteps => Combination == Combination.Append;

    /// <summary>Whether padding counts for nothing in what is made of them; elsewhere it counts as it stands.</summary>
    public bool LeavesPaddingOut => Combination is Combination.Multiply or Combination.Maximum;

    public override bool Streams => !AppendsTimesteps;

    public override bool CanAddInputGradient => true;

    public override string RuntimeKind => "Combine";

    public override int OutputWidth(int timesteps, int width) => width;

    /// <summary>Whether the two can be put together.</summary>
    public bool Suits(Extent first, Extent second) => Combination switch
    {
        Combination.Concatenate => first.Timesteps == second.Timesteps,
        Combination.Append => first.Timesteps > 0 && second.Timesteps > 0 && first.Width == second.Width,
        _ => first == second,
    };

    /// <summary>The shape of the output.</summary>
    public Extent Output(Extent first, Extent second) => Combination switch
    {
        Combination.Concatenate => new(first.Timesteps, unchecked(first.Width + second.Width)),
        Combination.Append => new(unchecked(first.Timesteps + second.Timesteps), first.Width),
        _ => first,
    };
}

/// <summary>Gives values of its input in another order; see the runtime's <c>IRearrangeShape</c>.</summary>
internal abstract record RearrangeSpec : WeightlessSpec
{
    public override bool CanAddInputGradient => true;

    public override string RuntimeKind => "Rearrange";

    /// <summary>The first value of the input that is given.</summary>
    public virtual int Start => 0;

    /// <summary>How far apart in the input the values of two timesteps of the output lie.</summary>
    public abstract int TimestepDistance(int inputs);

    /// <summary>How far apart those of two units lie.</summary>
    public virtual int UnitDistance(int inputs) => 1;
}

/// <summary>One of several inputs of a model, cut from the sample that holds them all.</summary>
internal sealed record InputSpec : RearrangeSpec
{
    /// <summary>The input.</summary>
    public required InputSlot Input { get; init; }

    /// <summary>Where it begins in the sample.</summary>
    public required int First { get; init; }

    /// <summary>Where its features begin among all inputs' at one timestep.</summary>
    public required int FirstFeature { get; init; }

    public override int Start => First;

    public override bool Streams => true;

    public override int OutputTimesteps(int timesteps) => Input.Timesteps;

    public override int OutputWidth(int timesteps, int width) => Input.Features;

    public override int TimestepDistance(int inputs) => Input.Features;
}

/// <summary>The same values in another shape.</summary>
internal sealed record ReshapeSpec : RearrangeSpec
{
    /// <summary>Timesteps of the output; 0 where it has no time axis.</summary>
    public required int Timesteps { get; init; }

    /// <summary>Width of the output.</summary>
    public required int Features { get; init; }

    public override int OutputTimesteps(int timesteps) => Timesteps;

    public override int OutputWidth(int timesteps, int width) => Features;

    public override int TimestepDistance(int inputs) => Features;
}

/// <summary>Axes in another order.</summary>
internal sealed record PermuteSpec : RearrangeSpec
{
    /// <summary>Whether timesteps and features change places.</summary>
    public required bool Turns { get; init; }

    public override bool NeedsSequence => true;

    public override int OutputWidth(int timesteps, int width) => Turns ? timesteps : width;

    public override Extent Output(int timesteps, int width) => Turns ? new(width, timesteps) : new(timesteps, width);

    public override int TimestepDistance(int inputs) => Turns ? 1 : inputs;

    public override int UnitDistance(int inputs) => Turns ? inputs : 1;
}

namespace LstmDsl.Generators;

/// <summary>How a weight starts; see the runtime's <c>Initializer</c>. An argument that the kind does not take has its default.</summary>
internal sealed record InitializerSpec(Init Kind, double Value = InitDefaults.Value)
{
    /// <summary>Mean of a normal distribution.</summary>
    public double Mean { get; init; } = InitDefaults.Mean;

    /// <summary>Standard deviation of a normal distribution.</summary>
    public double StdDev { get; init; } = InitDefaults.StdDev;

    /// <summary>Where a uniform distribution begins.</summary>
    public double MinValue { get; init; } = InitDefaults.MinValue;

    /// <summary>Where a uniform distribution ends.</summary>
    public double MaxValue { get; init; } = InitDefaults.MaxValue;

    /// <summary>Variance times fan.</summary>
    public double Scale { get; init; } = InitDefaults.Scale;

    /// <summary>Factor of a matrix.</summary>
    public double Gain { get; init; } = InitDefaults.Gain;

    /// <summary>Which fan.</summary>
    public FanMode Mode { get; init; } = InitDefaults.Mode;

    /// <summary>What is drawn.</summary>
    public WeightDistribution Distribution { get; init; } = InitDefaults.Distribution;

    /// <summary>First of the columns that start at one whatever the kind.</summary>
    public int OnesFrom { get; init; }

    /// <summary>How many columns start at one whatever the kind.</summary>
    public int OnesCount { get; init; }
}

/// <summary>What the size of weights or outputs costs; see the runtime's <c>Regularizer</c>.</summary>
internal sealed record RegularizerSpec(double L1, double L2)
{
    /// <summary>Nothing.</summary>
    public static RegularizerSpec None { get; } = new(0, 0);

    /// <summary>Whether it costs nothing.</summary>
    public bool IsNone => L1 == 0 && L2 == 0;
}

/// <summary>What a weight satisfies after each update; see the runtime's <c>WeightConstraint</c>.</summary>
internal sealed record ConstraintSpec(Constraint Kind, double MinNorm, double MaxNorm, double Rate, int Axis)
{
    /// <summary>Nothing.</summary>
    public static ConstraintSpec None { get; } = new(Constraint.None, 0, 0, 0, 0);
}

/// <summary>One declared weight.</summary>
/// <param name="Initializer">How it starts.</param>
internal sealed record WeightSpec(InitializerSpec Initializer)
{
    /// <summary>What its size costs.</summary>
    public RegularizerSpec Regularizer { get; init; } = RegularizerSpec.None;

    /// <summary>What it satisfies after each update.</summary>
    public ConstraintSpec Constraint { get; init; } = ConstraintSpec.None;

    /// <summary>What names its initializer, or could.</summary>
    public required ArgumentLocation NamedBy { get; init; }
}

/// <summary>An argument of an attribute, to be blamed.</summary>
/// <param name="Attribute">Index of the attribute.</param>
/// <param name="AttributeName">Its name as code writes it.</param>
/// <param name="Argument">The parameter's or the property's name.</param>
internal sealed record ArgumentLocation(int Attribute, string AttributeName, string Argument);

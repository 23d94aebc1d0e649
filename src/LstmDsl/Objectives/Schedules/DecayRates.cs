namespace LstmDsl;

/// <summary>The same rate for all batches.</summary>
internal sealed record ConstantRate(double LearningRate) : Schedule
{
    internal override IEnumerable<(string Name, double Value)> Numbers => [("learning_rate", LearningRate)];

    public override double At(long step) => LearningRate;
}

/// <summary><see cref="Schedule.ExponentialDecay"/>.</summary>
internal sealed record ExponentialDecayRate(double Initial, int DecaySteps, double DecayRate, bool Staircase) : Schedule
{
    internal override IEnumerable<(string Name, double Value)> Numbers =>
    [
        ("initial_learning_rate", Initial), ("decay_steps", DecaySteps), ("decay_rate", DecayRate), ("staircase", Staircase ? 1 : 0),
    ];

    public override double At(long step)
    {
        var exponent = (double)step / DecaySteps;
        return Initial * Math.Pow(DecayRate, Staircase ? Math.Floor(exponent) : exponent);
    }
}

/// <summary><see cref="Schedule.InverseTimeDecay"/>.</summary>
internal sealed record InverseTimeDecayRate(double Initial, int DecaySteps, double DecayRate, bool Staircase) : Schedule
{
    internal override IEnumerable<(string Name, double Value)> Numbers =>
    [
        ("initial_learning_rate", Initial), ("decay_steps", DecaySteps), ("decay_rate", DecayRate), ("staircase", Staircase ? 1 : 0),
    ];

    public override double At(long step)
    {
        var time = (double)step / DecaySteps;
        return Initial / (1 + (DecayRate * (Staircase ? Math.Floor(time) : time)));
    }
}

/// <summary><see cref="Schedule.PiecewiseConstantDecay"/>; a boundary's own step is before it.</summary>
internal sealed record PiecewiseConstantRate(long[] Boundaries, double[] Values) : Schedule
{
    internal override IEnumerable<(string Name, double Value)> Numbers =>
    [
        .. Boundaries.Select((boundary, index) => ($"boundary_{index}", (double)boundary)),
        .. Values.Select((value, index) => ($"value_{index}", value)),
    ];

    public bool Equals(PiecewiseConstantRate? other) =>
        other is not null && Boundaries.AsSpan().SequenceEqual(other.Boundaries) && Values.AsSpan().SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Boundaries.Length, Boundaries[0], Values[0]);

    public override double At(long step)
    {
        var index = 0;
        while (index < Boundaries.Length && step > Boundaries[index])
            index++;
        return Values[index];
    }
}

/// <summary><see cref="Schedule.PolynomialDecay"/>.</summary>
internal sealed record PolynomialDecayRate(double Initial, int DecaySteps, double End, double Power, bool Cycle) : Schedule
{
    internal override IEnumerable<(string Name, double Value)> Numbers =>
    [
        ("initial_learning_rate", Initial),
        ("decay_steps", DecaySteps),
        ("end_learning_rate", End),
        ("power", Power),
        ("cycle", Cycle ? 1 : 0),
    ];

    public override double At(long step)
    {
        var cycles = Cycle && step > 0 ? Math.Ceiling((double)step / DecaySteps) : 1;
        var part = Math.Min(step / (DecaySteps * cycles), 1);
        return ((Initial - End) * Math.Pow(1 - part, Power)) + End;
    }
}

namespace LstmDsl;

/// <summary><see cref="Schedule.CosineDecay"/>.</summary>
internal sealed record CosineDecayRate(double Initial, int DecaySteps, double Alpha, double? WarmupTarget, int WarmupSteps) : Schedule
{
    internal override IEnumerable<(string Name, double Value)> Numbers =>
    [
        ("initial_learning_rate", Initial),
        ("decay_steps", DecaySteps),
        ("alpha", Alpha),
        .. WarmupTarget is { } target
            ? [("warmup_target", target), ("warmup_steps", (double)WarmupSteps)]
            : Array.Empty<(string, double)>(),
    ];

    public override double At(long step)
    {
        if (WarmupTarget is not { } target)
            return Fall(Initial, step);
        return step < WarmupSteps ? ((target - Initial) * step / WarmupSteps) + Initial : Fall(target, step - WarmupSteps);
    }

    private double Fall(double from, long step)
    {
        var cosine = Math.Cos(Math.PI * Math.Min(step, DecaySteps) / DecaySteps);
        return from * (((1 - Alpha) * 0.5 * (1 + cosine)) + Alpha);
    }
}

/// <summary><see cref="Schedule.CosineDecayRestarts"/>.</summary>
internal sealed record CosineDecayRestartsRate(double Initial, int FirstDecaySteps, double TMul, double MMul, double Alpha) : Schedule
{
    internal override IEnumerable<(string Name, double Value)> Numbers =>
    [
        ("initial_learning_rate", Initial), ("first_decay_steps", FirstDecaySteps), ("t_mul", TMul), ("m_mul", MMul), ("alpha", Alpha),
    ];

    public override double At(long step)
    {
        // Time and the falls' lengths are measured in lengths of the first.
        var time = (double)step / FirstDecaySteps;
        var restarts = Restarts(time);
        var part = (time - Start(restarts)) / Math.Pow(TMul, restarts);
        var cosine = 0.5 * Math.Pow(MMul, restarts) * (1 + Math.Cos(Math.PI * part));
        return Initial * (((1 - Alpha) * cosine) + Alpha);
    }

    private double Start(double restarts) => TMul == 1 ? restarts : (Math.Pow(TMul, restarts) - 1) / (TMul - 1);

    // The logarithm may round to the wrong side of a restart.
    private double Restarts(double time)
    {
        if (TMul == 1)
            return Math.Floor(time);
        var restarts = Math.Floor(Math.Log(1 + (time * (TMul - 1))) / Math.Log(TMul));
        if (Start(restarts) > time)
            return restarts - 1;
        return Start(restarts + 1) <= time ? restarts + 1 : restarts;
    }
}

namespace LstmDsl;

/// <summary>Says in Keras's words how a learning rate changes.</summary>
internal static class KerasScheduleObject
{
    private const string Module = "keras.optimizers.schedules";

    /// <summary>The schedule; null for a number that never changes.</summary>
    public static KerasObject? Of(Schedule schedule) => schedule switch
    {
        ExponentialDecayRate rate => Decay("ExponentialDecay", rate.Initial, rate.DecaySteps, rate.DecayRate, rate.Staircase),
        InverseTimeDecayRate rate => Decay("InverseTimeDecay", rate.Initial, rate.DecaySteps, rate.DecayRate, rate.Staircase),
        PiecewiseConstantRate rate => new(
            Module, "PiecewiseConstantDecay", [("boundaries", rate.Boundaries), ("values", rate.Values), ("name", "PiecewiseConstant")]),
        PolynomialDecayRate rate => new(
            Module,
            "PolynomialDecay",
            [
                ("initial_learning_rate", rate.Initial), ("decay_steps", rate.DecaySteps), ("end_learning_rate", rate.End),
                ("power", rate.Power), ("cycle", rate.Cycle), ("name", "PolynomialDecay"),
            ]),
        CosineDecayRate rate => new(
            Module,
            "CosineDecay",
            [
                ("initial_learning_rate", rate.Initial), ("decay_steps", rate.DecaySteps), ("alpha", rate.Alpha), ("name", "CosineDecay"),
                ("warmup_target", rate.WarmupTarget), ("warmup_steps", rate.WarmupSteps),
            ]),
        CosineDecayRestartsRate rate => new(
            Module,
            "CosineDecayRestarts",
            [
                ("initial_learning_rate", rate.Initial), ("first_decay_steps", rate.FirstDecaySteps), ("t_mul", rate.TMul),
                ("m_mul", rate.MMul), ("alpha", rate.Alpha), ("name", "SGDRDecay"),
            ]),
        _ => null,
    };

    private static KerasObject Decay(string kind, double initial, int decaySteps, double decayRate, bool staircase) => new(
        Module,
        kind,
        [
            ("initial_learning_rate", initial), ("decay_steps", decaySteps), ("decay_rate", decayRate), ("staircase", staircase), ("name", kind),
        ]);
}

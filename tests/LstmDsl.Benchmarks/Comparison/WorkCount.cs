namespace LstmDsl.Benchmarks;

/// <summary>Floating-point operations of matrix products, two a multiply-add. What gates and updates compute is not counted.</summary>
internal static class WorkCount
{
    /// <summary>A prediction: x·W and h·U of <paramref name="gates"/> gates, and one output a row.</summary>
    public static double Prediction(int gates, int units, ModelShape shape, int samples)
    {
        var recurrent = 2.0 * gates * units * (shape.Features + units) * shape.Timesteps * samples;
        return recurrent + Dense(units, shape, samples);
    }

    /// <summary>A training step: the prediction, dz·Uᵀ, and the gradients of W and U; nobody asks for the input's gradient.</summary>
    public static double Training(int gates, int units, ModelShape shape, int samples, int directions = 1)
    {
        var backward = 2.0 * gates * units * units * shape.Timesteps * samples;
        var recurrent = 2.0 * gates * units * (shape.Features + units) * shape.Timesteps * samples;
        return directions * ((2 * recurrent) + backward + (3 * Dense(units, shape, samples)));
    }

    /// <summary>The same of layers of as many units, one upon the other; those above also send a gradient to their input.</summary>
    public static double StackedTraining(int gates, int units, int layers, ModelShape shape, int samples)
    {
        var square = 2.0 * gates * units * units * shape.Timesteps * samples;
        return Training(gates, units, shape, samples) + ((layers - 1) * 6 * square);
    }

    private static double Dense(int units, ModelShape shape, int samples) => 2.0 * units * shape.OutputLength * samples;
}

using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>Forecasts and predictions in the user's units, through the model's pipeline.</summary>
internal static class Forecasting
{
    /// <summary>In the network's units: each step predicts from the last window, whose oldest timestep then gives way to the prediction.</summary>
    public static void FeedBack<TModel>(ModelState<TModel> state, ReadOnlySpan<float> window, Span<float> destination)
        where TModel : class, IModelProgram<TModel>
    {
        var shape = state.Plan.Shape;
        if (window.Length != shape.InputLength || destination.Length % shape.Features != 0)
        {
            throw new ArgumentException(
                $"{state.Plan.Name} forecasts from a window of {shape.Timesteps} × {shape.Features} values into a multiple of {shape.Features}; "
                + $"found {window.Length} and {destination.Length}.");
        }

        var rented = state.Windows.Rent();
        try
        {
            var recent = rented.AsSpan();
            window.CopyTo(recent);
            for (var done = 0; done < destination.Length; done += shape.Features)
            {
                var next = destination.Slice(done, shape.Features);
                state.Predict(recent, next);
                recent[shape.Features..].CopyTo(recent);
                next.CopyTo(recent[^shape.Features..]);
            }
        }
        finally
        {
            state.Windows.Return(rented);
        }
    }
}

using System.Globalization;

namespace LstmDsl;

/// <summary>
/// Errors in the user's units, beside those of the naive forecast, which repeats the last known value. Of a sequence the last timestep is
/// compared, which is what a forecast uses; those before it tell of values that the window holds already.
/// </summary>
/// <param name="MeanAbsoluteError">Mean of |target − prediction|.</param>
/// <param name="RootMeanSquaredError">Square root of the mean of (target − prediction)².</param>
/// <param name="NaiveMeanAbsoluteError">The same of the naive forecast.</param>
/// <param name="NaiveRootMeanSquaredError">The same of the naive forecast.</param>
/// <param name="Unit">The unit; null where none was given.</param>
public sealed record UnitErrors(
    double MeanAbsoluteError, double RootMeanSquaredError, double NaiveMeanAbsoluteError, double NaiveRootMeanSquaredError, string? Unit)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        var unit = Unit is null ? "" : " " + Unit;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"MAE {MeanAbsoluteError:0.00}{unit}, RMSE {RootMeanSquaredError:0.00}{unit}; naive forecast (the last value): MAE {NaiveMeanAbsoluteError:0.00}{unit}, RMSE {NaiveRootMeanSquaredError:0.00}{unit}");
    }
}

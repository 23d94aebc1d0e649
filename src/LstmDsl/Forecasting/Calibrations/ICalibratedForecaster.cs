namespace LstmDsl;

/// <summary>A forecaster whose intervals may have been moved already.</summary>
internal interface ICalibratedForecaster : IForecaster
{
    /// <summary>What they were moved by; null where they are as they were trained.</summary>
    Calibration? Calibration { get; }
}

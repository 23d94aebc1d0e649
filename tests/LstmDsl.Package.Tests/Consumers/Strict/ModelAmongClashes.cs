namespace Clashes;

/// <summary>A name that generated code uses.</summary>
internal static class System;

/// <summary>A name that generated code uses.</summary>
internal static class LstmDsl;

/// <summary>A name that generated code uses.</summary>
internal static class Trainer;

/// <summary>A name that generated code uses.</summary>
internal static class TimeSeries;

/// <summary>A model beside names that generated code uses.</summary>
[global::LstmDsl.Input(20, 1)]
[global::LstmDsl.Lstm(4)]
[global::LstmDsl.Dense(1)]
internal sealed partial class ModelAmongClashes;

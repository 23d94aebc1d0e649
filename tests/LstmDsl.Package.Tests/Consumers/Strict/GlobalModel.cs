using LstmDsl;

/// <summary>A model in the global namespace.</summary>
[Input(20, 1)]
[Lstm(20, Init.Zeros)]
[Dense(1)]
internal sealed partial class GlobalModel;

namespace LstmDsl.Something;

/// <summary>A model in a namespace within the library's.</summary>
[Input(20, 1)]
[Lstm(4)]
[Dense(1)]
internal sealed partial class ModelWithin;

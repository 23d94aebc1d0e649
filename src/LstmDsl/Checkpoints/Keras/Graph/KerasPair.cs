namespace LstmDsl;

/// <summary>A layer of a file and the one of the model that it is.</summary>
/// <param name="Stored">The file's layer.</param>
/// <param name="Index">The place of the model's among its layers.</param>
internal readonly record struct KerasPair(KerasLayer Stored, int Index);

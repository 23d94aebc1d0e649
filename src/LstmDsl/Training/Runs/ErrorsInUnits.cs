namespace LstmDsl;

/// <summary>What is measured of a validation in the data's own units, after each epoch; less of it is better.</summary>
/// <param name="Names">The names in logs, without <c>val_</c>.</param>
/// <param name="Measure">Gives a value for each, by the model's weights as they are.</param>
internal sealed record ErrorsInUnits(IReadOnlyList<string> Names, Func<IReadOnlyList<double>> Measure);

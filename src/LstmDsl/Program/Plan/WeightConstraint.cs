using System.ComponentModel;

namespace LstmDsl.CompilerServices;

/// <summary>What a weight is made to satisfy after each update; see <see cref="Constraint"/>.</summary>
/// <param name="Kind">Which.</param>
/// <param name="MinNorm">The smallest norm.</param>
/// <param name="MaxNorm">The largest norm.</param>
/// <param name="Rate">How far a norm is moved into that range: 1 for all the way.</param>
/// <param name="Axis">The axis along which norms are taken.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct WeightConstraint(Constraint Kind, double MinNorm, double MaxNorm, double Rate, int Axis);

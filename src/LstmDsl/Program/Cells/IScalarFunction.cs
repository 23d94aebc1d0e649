using System.ComponentModel;
using System.Numerics;

namespace LstmDsl.CompilerServices;

/// <summary>A function of two single numbers: what somebody writes who knows nothing of vectors.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IScalarFunction
{
    /// <summary>The function.</summary>
    T Of<T>(T left, T right) where T : struct, IBinaryFloatingPointIeee754<T>;
}

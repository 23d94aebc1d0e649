using System.Numerics;

namespace LstmDsl;

/// <summary>
/// A loss of one's own: a function of one target and one prediction, and its derivative. A struct implements it with ordinary arithmetic
/// over <c>T</c> (<c>T.Abs</c>, <c>T.Exp</c>, <c>T.CreateTruncating(0.5)</c>), so that the same lines run in float where training is
/// fast and in double where gradients are checked. Fields of the struct are its parameters. Both methods must be pure: they run on
/// several threads.
/// </summary>
/// <example>
/// <code>
/// readonly struct Cauchy : ILossFunction
/// {
///     public T Value&lt;T&gt;(T target, T prediction) where T : struct, IBinaryFloatingPointIeee754&lt;T&gt; =&gt;
///         T.Log(T.One + ((prediction - target) * (prediction - target)));
///
///     public T Derivative&lt;T&gt;(T target, T prediction) where T : struct, IBinaryFloatingPointIeee754&lt;T&gt; =&gt;
///         (prediction - target) * (T.One + T.One) / (T.One + ((prediction - target) * (prediction - target)));
/// }
///
/// var trainer = new JenaModel.Trainer(model) { Loss = Loss.Of&lt;Cauchy&gt;() };
/// </code>
/// </example>
public interface ILossFunction
{
    /// <summary>What the prediction costs. A sample's loss is the mean over its outputs.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="target">The target, in the network's units.</param>
    /// <param name="prediction">The prediction, in the network's units.</param>
    T Value<T>(T target, T prediction) where T : struct, IBinaryFloatingPointIeee754<T>;

    /// <summary>The derivative of <see cref="Value"/> to the prediction.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="target">The target, in the network's units.</param>
    /// <param name="prediction">The prediction, in the network's units.</param>
    T Derivative<T>(T target, T prediction) where T : struct, IBinaryFloatingPointIeee754<T>;
}

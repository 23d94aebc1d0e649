using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LstmDsl;

/// <summary>
/// Arrays of samples in the network's units, whose first axis counts them: <c>float[]</c>, <c>float[,]</c> and <c>float[,,]</c> convert
/// to it, keep their rank and are not copied. Arrays of <c>double</c> and <c>int</c> are copied into floats, as Keras does it: to the
/// nearest one, and to infinity beyond 3.4e38, which training refuses. The default holds nothing; so does what a null array becomes.
/// For a model of several inputs a list holds the samples of each: <c>[history, plan]</c>; these are copied, so that a sample's inputs lie
/// one after the other.
/// </summary>
[CollectionBuilder(typeof(SeveralInputs), nameof(SeveralInputs.Pack))]
public readonly struct Samples : IEquatable<Samples>
{
    private readonly Array? array;
    private readonly int[]? shape;

    private readonly Samples[]? inputs;

    private Samples(Array? array, int[]? shape, Samples[]? inputs = null)
    {
        this.array = array;
        this.shape = shape;
        this.inputs = inputs;
    }

    /// <summary>Values of several inputs, one after the other, (samples, 1, values of all), and what they were made of.</summary>
    internal static Samples Of(float[] values, int samples, Samples[] inputs) => new(values, [samples, 1, values.Length / samples], inputs);

    /// <summary>Values with the shape that they are to have.</summary>
    internal static Samples Of(float[] values, params int[] shape) => new(values, shape);

    /// <summary>Number of axes, 1 to 3; 0 for the default.</summary>
    public int Rank => shape?.Length ?? 0;

    /// <summary>The length of each axis.</summary>
    public IReadOnlyList<int> Shape => shape ?? [];

    /// <summary>Number of samples, the first axis' length; 0 for the default.</summary>
    public int Count => shape is [var first, ..] ? first : 0;

    /// <summary>All values, row-major: the last axis varies fastest.</summary>
    public ReadOnlySpan<float> Values => array is null
        ? []
        : MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, float>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    /// <summary>The shape in words, such as <c>(32, 20, 1)</c>; of several inputs that of each.</summary>
    internal string ShapeText => inputs is null ? ShapeOf(Shape) : $"[{string.Join(", ", inputs.Select(input => input.ShapeText))}]";

    /// <summary>The inputs that these samples were made of; null where they are one array.</summary>
    internal IReadOnlyList<Samples>? Inputs => inputs;

    /// <summary>The inputs that these samples were made of, or these samples themselves.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public IEnumerator<Samples> GetEnumerator() => (inputs ?? [this]).AsEnumerable().GetEnumerator();

    /// <summary>The same values in another shape.</summary>
    internal Samples In(params int[] shape) => new(array, shape, inputs);

    /// <summary>Takes an array of (samples), each a number.</summary>
    /// <param name="values">The array, not copied.</param>
    public static implicit operator Samples(float[]? values) => FromArray(values);

    /// <summary>Takes an array of (samples, values).</summary>
    /// <param name="values">The array, not copied.</param>
    public static implicit operator Samples(float[,]? values) => FromArray(values);

    /// <summary>Takes an array of (samples, timesteps, features).</summary>
    /// <param name="values">The array, not copied.</param>
    public static implicit operator Samples(float[,,]? values) => FromArray(values);

    /// <summary>Takes an array of (samples), each a number.</summary>
    /// <param name="values">The array, copied into floats.</param>
    public static implicit operator Samples(double[]? values) => Floats<double>(values, value => (float)value);

    /// <summary>Takes an array of (samples, values).</summary>
    /// <param name="values">The array, copied into floats.</param>
    public static implicit operator Samples(double[,]? values) => Floats<double>(values, value => (float)value);

    /// <summary>Takes an array of (samples, timesteps, features).</summary>
    /// <param name="values">The array, copied into floats.</param>
    public static implicit operator Samples(double[,,]? values) => Floats<double>(values, value => (float)value);

    /// <summary>Takes an array of (samples), each a whole number, such as a class.</summary>
    /// <param name="values">The array, copied into floats, which hold whole numbers up to 16,777,216 exactly.</param>
    public static implicit operator Samples(int[]? values) => Floats<int>(values, value => value);

    /// <summary>Takes an array of (samples, values), whole numbers such as the words of a text.</summary>
    /// <param name="values">The array, copied into floats, which hold whole numbers up to 16,777,216 exactly.</param>
    public static implicit operator Samples(int[,]? values) => Floats<int>(values, value => value);

    /// <summary>Whether both hold the same array in the same shape.</summary>
    public static bool operator ==(Samples left, Samples right) => left.Equals(right);

    /// <summary>Whether the two hold different arrays or shapes.</summary>
    public static bool operator !=(Samples left, Samples right) => !left.Equals(right);

    /// <summary>Whether both hold the same array in the same shape.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(Samples other) => ReferenceEquals(array, other.array) && Shape.SequenceEqual(other.Shape);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Samples other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => array is null ? 0 : RuntimeHelpers.GetHashCode(array);

    /// <summary>The shape.</summary>
    public override string ToString() => $"samples {ShapeText}";

    /// <summary>A shape in words: <c>(20, 1)</c>.</summary>
    internal static string ShapeOf(IReadOnlyList<int> shape) =>
        "(" + string.Join(", ", shape.Select(length => FormattableString.Invariant($"{length}"))) + (shape.Count == 1 ? ",)" : ")");

    /// <summary>A copy of the values.</summary>
    internal float[] ToArray() => Values.ToArray();

    /// <summary>
    /// A copy of the values, each checked to be finite, since one that is not would spread over all that a network learns.
    /// </summary>
    /// <exception cref="ArgumentException">A value is NaN or infinite; the message has its place.</exception>
    internal float[] ToFiniteArray(string parameter)
    {
        RequireFinite(parameter);
        return ToArray();
    }

    /// <summary>Refuses values that are not finite.</summary>
    /// <exception cref="ArgumentException">A value is NaN or infinite; the message has its place.</exception>
    internal void RequireFinite(string parameter) => RequireFinite(parameter, parameter);

    private void RequireFinite(string name, string parameter)
    {
        if (Inputs is { } inputs)
        {
            for (var i = 0; i < inputs.Count; i++)
                inputs[i].RequireFinite(FormattableString.Invariant($"{name}[{i}]"), parameter);
            return;
        }

        var values = Values;
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"{name}[{PlaceOf(i)}] is {values[i]}; expected finite numbers. Fill or leave out what is missing."), parameter);
            }
        }
    }

    private string PlaceOf(int index)
    {
        var place = new string[Rank];
        for (var axis = Rank - 1; axis >= 0; axis--)
        {
            (index, int at) = Math.DivRem(index, shape![axis]);
            place[axis] = FormattableString.Invariant($"{at}");
        }
        return string.Join(", ", place);
    }

    private static Samples FromArray(Array? array) => array is null ? default : new(array, ShapeOf(array));

    private static Samples Floats<T>(Array? array, Func<T, float> convert)
    {
        if (array is null)
            return default;

        var values = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
        var floats = new float[values.Length];
        for (var i = 0; i < floats.Length; i++) floats[i] = convert(values[i]);
        return new(floats, ShapeOf(array));
    }

    private static int[] ShapeOf(Array array) => [.. Enumerable.Range(0, array.Rank).Select(array.GetLength)];
}

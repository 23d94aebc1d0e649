using System.ComponentModel;
using LstmDsl.CompilerServices;

namespace LstmDsl;

/// <summary>The weights of a layer that normalises features by moments, which training leaves as they are.</summary>
public readonly struct NormalizationView
{
    private readonly ModelState state;
    private readonly int mean;

    /// <summary>For generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NormalizationView(ModelState state, int mean)
    {
        this.state = state;
        this.mean = mean;
    }

    /// <summary>The features' means, (units), or one for all.</summary>
    public WeightView Mean => new(state, state.Plan.Tensors[mean]);

    /// <summary>The features' variances, (units), or one for all.</summary>
    public WeightView Variance => new(state, state.Plan.Tensors[mean + 1]);

    /// <summary>A count that older versions of Keras kept in files; nothing depends on it.</summary>
    public WeightView Count => new(state, state.Plan.Tensors[mean + 2]);

    /// <summary>
    /// In the units of the layer's input: takes mean and variance from samples, over all axes but the last (over all, where one mean serves
    /// all features), as Keras's <c>adapt</c> does. What was there before does not count.
    /// </summary>
    /// <param name="samples">What the layer takes: (samples, features) or (samples, timesteps, features); of one feature also (samples).</param>
    /// <exception cref="ArgumentException">
    /// There are no samples, they have another number of features, or a value is NaN, infinite or too large; the layer is left as it was.
    /// </exception>
    public void Adapt(Samples samples)
    {
        var features = samples.Rank < 2 ? 1 : samples.Shape[^1];
        var moments = Moments(features, $"samples of the shape {samples.ShapeText}");
        moments.Add(samples.ToFiniteArray(nameof(samples)));
        Take(moments, nameof(samples));
    }

    /// <summary>
    /// In the units of the layer's input: takes mean and variance from the windows of a data set, a row as often as windows hold it.
    /// </summary>
    /// <param name="windows">The windows, of the training part alone.</param>
    /// <exception cref="ArgumentException">
    /// There are no windows, they have another number of features, or a value is NaN, infinite or too large; the layer is left as it was.
    /// </exception>
    public void Adapt(WindowedDataset windows)
    {
        ArgumentNullException.ThrowIfNull(windows);
        var moments = Moments(windows.Source.Features, $"windows of the shape {Samples.ShapeOf(windows.InputShape)}");
        foreach (var (inputs, _) in windows.Batches())
            moments.Add(inputs.ToFiniteArray(nameof(windows)));
        Take(moments, nameof(windows));
    }

    private FeatureMoments Moments(int features, string found)
    {
        var tensor = state.Plan.Tensors[mean];
        if (!tensor.IsScalar && features != tensor.Columns)
        {
            throw new ArgumentException(
                $"'{tensor.Name}' has {tensor.Columns} feature{(tensor.Columns == 1 ? "" : "s")}; found {found}, whose rows have {features}.");
        }

        return new(tensor.Length);
    }

    private void Take(FeatureMoments moments, string parameter)
    {
        if (moments.IsEmpty)
            throw new ArgumentException("There is no sample to take mean and variance from.", parameter);
        var (means, variances) = (moments.Means, moments.Variances);
        if (Array.FindIndex(variances, variance => !float.IsFinite(variance)) is >= 0 and var feature)
        {
            throw new ArgumentException(
                $"The values of feature {feature} spread so far that their variance is more than a 32-bit number holds.", parameter);
        }

        state.Write(state.Plan.Tensors[mean], 0, means);
        state.Write(state.Plan.Tensors[mean + 1], 0, variances);
    }
}

using Google.Protobuf;

namespace LstmDsl;

/// <summary>Writes models as ONNX, which other programs run without this library.</summary>
public static class OnnxExport
{
    /// <summary>
    /// Writes a model as ONNX: one input, <c>input</c>, of shape (batch, timesteps, features), or inputs with the names that they are declared
    /// with, as files have them (<c>Plan</c> is <c>plan</c>), and one output, <c>output</c> (<c>output_1</c> where an input has that name), of
    /// shape (batch, outputs) or (batch, timesteps, outputs), all 32-bit floats in the network's units unless
    /// <see cref="OnnxOptions.IncludePipeline"/> says otherwise. Recurrent layers become the standard operators <c>LSTM</c>, <c>GRU</c>
    /// and <c>RNN</c>; where those cannot do what is declared (a mask, an activation that they lack) a <c>Scan</c> over the timesteps.
    /// What a model does in training alone (dropout, regularizers) is left out. The pipeline, if the model has one, travels as JSON in the
    /// model's metadata, under <c>pipeline</c>. The same model gives the same bytes.
    /// </summary>
    /// <typeparam name="TModel">The model.</typeparam>
    /// <param name="model">The model; it must not be in training on another thread.</param>
    /// <param name="path">The file, by custom <c>.onnx</c>; it is replaced as a whole, or left as it was.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArgumentException">The path names no file.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="NotSupportedException">
    /// ONNX cannot hold the model: a layer or a transform has no counterpart, or there are more weights than one file takes (2 GiB).
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The pipeline is wanted but the model has none, one for other columns or targets, or several inputs; or the model is in training.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written; what stood there is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written; what stood there is unchanged.</exception>
    public static void ExportOnnx<TModel>(this TModel model, string path, OnnxOptions? options = null)
        where TModel : class, IRecurrentModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        var onnx = OnnxModel.Of(model.State, options ?? new());
        AtomicFile.Write(path, stream => onnx.WriteTo(stream));
    }
}

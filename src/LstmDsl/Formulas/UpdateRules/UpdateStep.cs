namespace LstmDsl.CompilerServices;

/// <summary>The numbers of one update.</summary>
/// <param name="Iteration">The update's number, from 1: that of the batch, unless gradients are accumulated over several.</param>
/// <param name="LearningRate">Its learning rate.</param>
internal readonly record struct UpdateStep(long Iteration, double LearningRate);

/// <summary>
/// Part of the parameter block: any stretch of it or, where an optimizer looks at whole tensors, one tensor. A matrix is so many groups of
/// rows × columns, row-major; of a vector and a stretch these are 0.
/// </summary>
/// <param name="From">First element.</param>
/// <param name="To">Element past the last.</param>
/// <param name="Groups">Matrices that lie one after the other: 1, but for a convolution's kernel.</param>
/// <param name="Rows">Rows of each.</param>
/// <param name="Columns">Columns of each.</param>
internal readonly record struct UpdateRegion(int From, int To, int Groups = 0, int Rows = 0, int Columns = 0)
{
    /// <summary>Whether it is one matrix or several.</summary>
    public bool IsMatrix => Groups > 0;

    /// <summary>A whole tensor.</summary>
    public static UpdateRegion Of(TensorSlot tensor)
    {
        var shape = tensor.Shape;
        var end = tensor.Offset + tensor.Length;
        if (shape.Length < 2)
            return new(tensor.Offset, end);
        var (rows, columns) = (shape[^2], shape[^1]);
        return new(tensor.Offset, end, tensor.Length / (rows * columns), rows, columns);
    }
}

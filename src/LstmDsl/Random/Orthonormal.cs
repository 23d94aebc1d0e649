using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LstmDsl;

/// <summary>Makes vectors orthonormal.</summary>
internal static class Orthonormal
{
    /// <summary>
    /// Replaces linearly independent vectors by orthonormal ones that span the same spaces, first to last (Gram and Schmidt). Each vector
    /// is cleared of those before it twice, which is enough for full precision (Giraud, Langou and Rozložník, 2005). The factor by which
    /// a vector is divided is its length, so this is the QR factorisation whose R has a positive diagonal: the one that "QR, columns
    /// signed by R's diagonal" gives.
    /// </summary>
    /// <param name="vectors">The vectors, each at least as long as there are vectors.</param>
    public static void Make(double[][] vectors)
    {
        for (var i = 0; i < vectors.Length; i++)
        {
            var vector = vectors[i];
            for (var pass = 0; pass < 2; pass++)
            {
                foreach (var before in vectors.AsSpan(0, i))
                {
                    Subtract(vector, before, Dot(vector, before));
                }
            }

            var length = Math.Sqrt(Dot(vector, vector));
            foreach (ref var value in vector.AsSpan())
            {
                value /= length;
            }
        }
    }

    /// <summary>Four running sums, whatever the machine's own vectors: one order of the sum, so one result everywhere.</summary>
    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var leftFours = MemoryMarshal.Cast<double, Vector256<double>>(left);
        var rightFours = MemoryMarshal.Cast<double, Vector256<double>>(right);
        var sums = Vector256<double>.Zero;
        for (var i = 0; i < leftFours.Length; i++)
        {
            sums += leftFours[i] * rightFours[i];
        }

        var sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        for (var i = leftFours.Length * Vector256<double>.Count; i < left.Length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    private static void Subtract(Span<double> vector, ReadOnlySpan<double> other, double factor)
    {
        var fours = MemoryMarshal.Cast<double, Vector256<double>>(vector);
        var otherFours = MemoryMarshal.Cast<double, Vector256<double>>(other);
        for (var i = 0; i < fours.Length; i++)
        {
            fours[i] -= otherFours[i] * factor;
        }

        for (var i = fours.Length * Vector256<double>.Count; i < vector.Length; i++)
        {
            vector[i] -= other[i] * factor;
        }
    }
}

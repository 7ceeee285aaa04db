using System.Numerics;

namespace InitDsl;

/// <summary>
/// Random matrices with orthonormal rows or columns, whichever are fewer, distributed as Haar's measure (Stewart 1980,
/// "The efficient generation of random orthogonal matrices with an application to condition estimators"; Mezzadri 2007,
/// "How to generate random matrices from the classical compact groups"). Nothing is factorised: independent normal
/// vectors, each one element shorter than the one before, make reflections, and the matrix is their product.
/// </summary>
internal static class Orthonormal
{
    /// <summary>
    /// Fills a row-major matrix, in the arithmetic of its elements, from as many elements of a stream as it has itself.
    /// The bits do not depend on the number of threads, nor on the processor. The shorter side's vectors have length 1
    /// and are orthogonal within a few units of the element type's precision, of which <see cref="Tolerance"/> is a bound.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="start">The first of its elements that is used.</param>
    /// <param name="destination">rows · columns elements; there may be none.</param>
    /// <param name="rows">The length of a column.</param>
    /// <param name="columns">The length of a row.</param>
    /// <param name="gain">What the matrix is multiplied by.</param>
    /// <param name="maxThreads">How many threads may work, the caller's among them.</param>
    /// <param name="watch">Told how far the work is; nobody without it.</param>
    /// <typeparam name="T">float or double.</typeparam>
    internal static unsafe void Fill<T>(
        StreamKey stream, long start, Span<T> destination, int rows, int columns, double gain, int maxThreads, FillWatch? watch = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Length, (long)rows * columns);
        if (destination.IsEmpty)
        {
            return;
        }

        fixed (T* memory = destination)
        {
            new Reflections<T>(memory, rows, columns, maxThreads, watch ?? FillWatch.None).Fill(stream, start, gain);
        }
    }

    /// <summary>
    /// The elements of Q·Qᵀ − I are smaller than this, where Q has been computed and stored with the given relative
    /// rounding error and has vectors of the given length.
    /// </summary>
    internal static double Tolerance(double roundingError, long length) => roundingError * (64 + Math.Sqrt(length));
}

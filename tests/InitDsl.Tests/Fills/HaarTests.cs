namespace InitDsl.Tests;

/// <summary>Orthogonal matrices are drawn uniformly from all of them.</summary>
public class HaarTests
{
    /// <summary>
    /// Under Haar's measure an element of Q is symmetric about 0 and, for a 2 × 2 matrix, the cosine of a uniform
    /// angle. Without the signs of R's diagonal the first column would have a fixed sign.
    /// </summary>
    [Fact]
    public void Orthogonal_matrices_follow_Haars_measure()
    {
        // An element of a unit vector in four dimensions: its density is 2√(1 − x²)/π.
        AssertElementsFollow(4, x => 0.5 + (((x * Math.Sqrt(1 - (x * x))) + Math.Asin(x)) / Math.PI));
        AssertElementsFollow(2, x => Math.Acos(x) / Math.PI);
    }

    private static void AssertElementsFollow(int size, Func<double, double> cumulative)
    {
        const int Draws = 20000;
        double[][] found = [.. Enumerable.Range(0, size * size).Select(_ => new double[Draws])];
        double[] matrix = new double[size * size];
        for (int i = 0; i < Draws; i++)
        {
            Filler.Of(new OrthogonalLaw(size, size, 1), StreamKey.Of(i, "haar")).Fill(0, matrix.AsSpan());
            for (int element = 0; element < matrix.Length; element++)
            {
                found[element][i] = cumulative(Math.Clamp(matrix[element], -1, 1));
            }
        }

        for (int element = 0; element < found.Length; element++)
        {
            KolmogorovSmirnov.AssertFollows(found[element], u => u, $"element {element} of {size} × {size}");
        }
    }
}

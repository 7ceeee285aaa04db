namespace InitDsl.Tests;

public class PlacedFillersTests
{
    /// <summary>The zeros of a column are where sorting its words puts the smallest.</summary>
    [Theory]
    [InlineData(1, 1, 1.0)]
    [InlineData(40, 7, 0.3)]
    [InlineData(7, 300, 0.5)]
    [InlineData(5000, 130, 0.1)]
    [InlineData(300, 2050, 0.5)]
    public void Sparse_zeros_lie_where_a_sort_of_the_words_puts_them(int rows, int columns, double sparsity)
    {
        var key = StreamKey.Of(7, "fc.weight");
        double[] values = new double[rows * columns];
        Filler.Of(new SparseLaw(rows, columns, sparsity, 1), key).Fill(0, values.AsSpan());
        uint[] words = new uint[rows * columns];
        Words.Fill(key, 1L << 62, words);
        int count = (int)Math.Ceiling(sparsity * rows);
        for (int column = 0; column < columns; column++)
        {
            int[] expected = [.. Enumerable.Range(0, rows).OrderBy(row => words[(row * columns) + column]).ThenBy(row => row).Take(count).Order()];
            Assert.Equal(expected, Enumerable.Range(0, rows).Where(row => values[(row * columns) + column] == 0));
        }
    }

    /// <summary>Where the band that is looked at first misses the last zero, the whole column is looked at.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Sparse_zeros_do_not_depend_on_where_they_are_looked_for_first(int threads)
    {
        const int Rows = 700;
        const int Columns = 500;
        var key = StreamKey.Of(8, "fc.weight");
        uint[] Marks(double width)
        {
            var last = LastZeros.Find(key, Rows, Columns, 210, threads, FillWatch.None, width);
            uint[] words = new uint[Rows * Columns];
            Words.Fill(key, LastZeros.PlacingWords, words);
            for (int row = 0; row < Rows; row++)
            {
                last.Mark(row, 0, words.AsSpan(row * Columns, Columns));
            }

            return words;
        }

        uint[] expected = Marks(1000);
        Assert.Equal(210 * Columns, expected.Count(mark => mark == uint.MaxValue));
        Assert.Equal(expected, Marks(0.1));
        Assert.Equal(expected, Marks(4));
    }

    /// <summary>However a parameter is written, its few numbers lie where the definition puts them, and its moments are theirs.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Numbers_at_few_places_are_written_and_counted(int threads)
    {
        foreach ((Init init, Shape shape, int groups) in ((Init, Shape, int)[])
                 [
                     (Eye, new(700, 300), 1), (Eye, new(300, 700), 1), (Eye, new(3000, 3000), 1), (Eye, new(1, 1), 1), (Eye, new(0, 4), 1),
                     (Dirac(), new(60, 40, 3, 3), 1), (Dirac(groups: 3), new(60, 7, 5), 3), (Dirac(), new(0, 4, 3), 1),
                 ])
        {
            foreach (DType dtype in (DType[])[DType.Float32, DType.Float64, DType.BFloat16, DType.Int8])
            {
                MemoryStore store = TestModel.Tensor(shape, dtype);
                Report report = All.Weight(init).Compile(new TestModel(store)).Apply(threads);
                double[] values = store.Doubles;
                double[] expected = new double[shape.Elements];
                long kernel = shape.Rank == 2 ? 1 : shape.Skip(2).Aggregate(1L, (product, size) => product * size);
                long perGroup = shape[0] / groups;
                for (long output = 0; output < shape[0]; output++)
                {
                    if (output % perGroup < shape[1])
                    {
                        expected[(output * shape[1] * kernel) + (output % perGroup * kernel) + (kernel / 2)] = 1;
                    }
                }

                Assert.Equal(expected, values);
                Moments found = report.Entries[0].Found;
                Assert.Equal(shape.Elements, found.Count);
                if (shape.Elements > 0)
                {
                    Assert.Equal(expected.Average(), found.Mean, 12);
                    Assert.Equal((expected.Min(), expected.Max()), (found.Min, found.Max));
                }
            }
        }
    }

    /// <summary>Where a parameter is large enough to be streamed to memory, too, and its matrices are made in that memory.</summary>
    [Fact]
    public void Matrices_within_other_laws_are_written_as_their_definition_has_them()
    {
        foreach (Init init in (Init[])
                 [
                     Orthogonal().PerBlock(4).Scale(1.5), Orthogonal().PerBlock(2).Clamp(-0.01, 0.02), Orthogonal().PerBlock(3).Blend(Normal(std: 0.1), 0.3), Eye,
                 ])
        {
            MemoryStore store = TestModel.Tensor(new(3600, 2400));
            Plan plan = All.Weight(init).Compile(new TestModel(store));
            plan.Apply(2);
            float[] expected = new float[3600 * 2400];
            Filler.Of(plan.Steps[0]).Fill(0, expected.AsSpan());
            Assert.True(expected.AsSpan().SequenceEqual(store.Floats), init.ToString());
        }
    }
}

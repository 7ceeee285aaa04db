namespace InitDsl.Tests;

/// <summary>Which of its pieces answers where they meet.</summary>
public class NormalQuantileTests
{
    /// <summary>The centre's formula is proportional to x, that of the tails knows only the sign of x.</summary>
    [Fact]
    public void The_centre_begins_where_4pq_is_a_256th_itself()
    {
        // Rounded to float32 the product is 2⁵⁶ itself, a 256th by the scales.
        const float atP = 8396817f, atQ = 8.581537E+09f;
        Assert.Equal(atP * atQ, MathF.ScaleB(1, 56));
        Assert.Equal(0xC04634E7, BitConverter.SingleToUInt32Bits(NormalQuantile.Of(atP, atQ, -0.99804485f)));
        AssertCentre(true, x => NormalQuantile.Of(atP, atQ, (float)x));
        AssertCentre(true, x => NormalQuantile.Of(atQ, atP, (float)x));
        AssertCentre(false, x => NormalQuantile.Of(8396800f, atQ, (float)x));
        AssertCentre(false, x => NormalQuantile.Of(atQ, 8396800f, (float)x));

        // 4pq is exact.
        const double p = 1.0 / 512, q = 0.5;
        AssertCentre(true, x => NormalQuantile.Of(p, q, x));
        AssertCentre(true, x => NormalQuantile.Of(q, p, x));
        AssertCentre(false, x => NormalQuantile.Of(Math.BitDecrement(p), q, x));
        AssertCentre(false, x => NormalQuantile.Of(q, Math.BitDecrement(p), x));

        static void AssertCentre(bool centre, Func<double, double> of)
        {
            Assert.Equal(of(-0.5), -of(0.5));
            Assert.Equal(of(0.25) * (centre ? 4 : 1), of(1));
        }
    }

    /// <summary>Where a kernel may leave the tails out, what is rounded to float32 stays in the centre too.</summary>
    [Fact]
    public void Laws_near_the_end_of_the_centre_count_as_leaving_it()
    {
        const double end = 1.0 / 256;
        Assert.All((double[])[0, end / 2, end * (1 - 9e-6), end, end * (1 + 9e-6)], least => Assert.True(NormalQuantile.MayLeaveCentre(least)));
        Assert.All((double[])[end * (1 + 2e-5), 0.5, 1], least => Assert.False(NormalQuantile.MayLeaveCentre(least)));
    }

    /// <summary>√(−ln p) is 10.4 there, where the formula for what is further out begins.</summary>
    [Fact]
    public void The_far_tail_begins_where_it_says()
    {
        const double p = 1.0634298273335904E-47;
        Assert.Equal(10.4, Math.Sqrt(-Elementary.Log(p)));
        Assert.Equal(0xC02CEC31DD5EB9BB, BitConverter.DoubleToUInt64Bits(StandardNormal.Quantile(p)));
    }
}

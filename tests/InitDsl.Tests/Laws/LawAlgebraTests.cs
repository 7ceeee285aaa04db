namespace InitDsl.Tests;

/// <summary>Scaling, rounding, equality and text of laws that few rules put together.</summary>
public class LawAlgebraTests
{
    [Fact]
    public void Scaled_kernels_keep_their_kind_and_multiply_their_values()
    {
        var block = new BlockOrthogonalLaw(new(8, 4, 3), 2);
        Assert.Equal(block with { Gain = -6 }, block.Scale(-3));
        Assert.Equal("BlockOrthogonal(-6)", block.Scale(-3).ToString());
        Assert.Equal("Hadamard × -0.5", new HadamardLaw(4, 4, 1).Scale(-0.5).ToString());
        Assert.Equal("LogOfUniform(1, 9)", new LogOfUniformLaw(1, 9).ToString());
    }

    [Fact]
    public void Rounding_a_law_rounds_what_it_is_made_of()
    {
        double rounded = Precision.Round(DType.BFloat16, 0.1);
        Assert.NotEqual(0.1, rounded);
        Assert.Equal(new DiracLaw(new(4, 4, 3), 1, rounded), new DiracLaw(new(4, 4, 3), 1, 0.1).Cast(DType.BFloat16));
        Assert.Equal(new ValuesLaw([rounded, 2]), new ValuesLaw([0.1, 2]).Cast(DType.BFloat16));
        Assert.Equal("Dirac(2) × 0.5", new DiracLaw(new(4, 2, 3), 2, 0.5).ToString());
    }

    [Fact]
    public void Values_are_equal_by_what_they_are()
    {
        Assert.Equal(new ValuesLaw([1, 2]), new ValuesLaw([1, 2]));
        Assert.Equal(new ValuesLaw([1, 2]).GetHashCode(), new ValuesLaw([1, 2]).GetHashCode());
        Assert.NotEqual(new ValuesLaw([1, 2]), new ValuesLaw([2, 1]));
        Assert.False(new Shape(2, 3).Equals((object)"[2, 3]"));
        Assert.True(new Shape(2, 3).Equals((object)new Shape(2, 3)));
        Assert.Equal(2, ((IReadOnlyCollection<long>)new Shape(2, 3)).Count);
    }

    /// <summary>Whole-number parameters take compositions of constants as the constants they come to.</summary>
    [Fact]
    public void Constants_inside_compositions_are_whole_numbers_where_they_come_to_one()
    {
        Law Whole(Init init) => Compiling.LawOf(init, TestModel.Tensor(new(2, 2), DType.Int64));
        Assert.Equal(new ConstantLaw(3), Whole(Const(1.5).Scale(2)));
        Assert.Equal(new ConstantLaw(2), Whole(Const(1).Blend(Const(3), 0.5)));
        Assert.Throws<InitException>(() => Whole(Eye.Scale(0.5)));
    }

    [Fact]
    public void The_gain_of_a_kernel_follows_the_activation_and_the_last_word_on_it_counts()
    {
        Assert.Equal("DeltaOrthogonal(3)", DeltaOrthogonal().Gain(3).ToString());
        Assert.Equal(BlockOrthogonal(Activation.Tanh.Gain).ToString(), BlockOrthogonal().For(Activation.Tanh).ToString());
        Assert.Throws<ArgumentNullException>(() => BlockOrthogonal().For(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => DeltaOrthogonal().Gain(double.NaN));
    }

    [Fact]
    public void Whole_numbers_that_doubles_do_not_hold_are_refused_as_values()
    {
        Assert.Contains("2^53", Assert.Throws<ArgumentException>(() => Values(new[] { (1L << 53) + 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("2^53", Assert.Throws<ArgumentException>(() => Values(new[] { ulong.MaxValue })).Message, StringComparison.Ordinal);
        Assert.Equal([1L << 53, -(1L << 53)], ((ValuesLaw)Compiling.LawOf(Values(new[] { 1L << 53, -(1L << 53) }), TestModel.Tensor(new(2), DType.Float64))).Values.ToArray().Select(value => (long)value));
    }
}

namespace InitDsl.Tests;

public class TensorTests
{
    [Fact]
    public void One_tensor_is_filled_in_place_and_returned()
    {
        using Conv2d layer = Conv2d(3, 8, 3);
        Assert.Same(layer.weight, layer.weight.Initialize(XavierUniform, seed: 1));
        double bound = Math.Sqrt(6.0 / (27 + 72));
        Assert.All(layer.weight.Doubles(), value => Assert.InRange(value, -bound - 1e-7, bound + 1e-7));
        byte[] first = layer.weight.Bytes();
        Assert.Equal(first, layer.weight.Initialize(XavierUniform, seed: 1).Bytes());
        Assert.NotEqual(first, layer.weight.Initialize(XavierUniform, seed: 2).Bytes());
    }

    [Fact]
    public void Without_a_seed_the_global_generator_governs()
    {
        using Tensor tensor = empty(10);
        manual_seed(3);
        byte[] first = tensor.Initialize(Normal()).Bytes();
        Assert.NotEqual(first, tensor.Initialize(Normal()).Bytes());
        manual_seed(3);
        Assert.Equal(first, tensor.Initialize(Normal()).Bytes());
    }

    [Fact]
    public void A_view_is_written_through_and_the_rest_of_its_base_stays()
    {
        using Tensor whole = zeros(4, 6);
        using Tensor part = whole.narrow(1, 2, 3);
        part.Initialize(Ones);
        Assert.Equal(12, whole.Doubles().Sum());
        Assert.Equal([0, 0, 1, 1, 1, 0], whole.Doubles()[..6]);
    }

    [Fact]
    public void What_cannot_apply_is_refused_with_the_shape_and_nothing_is_changed()
    {
        using Tensor vector = ones(5);
        InitException refused = Assert.Throws<InitException>(() => vector.Initialize(Xavier));
        Assert.Contains("tensor [5]: Xavier needs a fan-in and a fan-out", refused.Message, StringComparison.Ordinal);
        Assert.Equal([1, 1, 1, 1, 1], vector.Doubles());
        Tensor gone = ones(2);
        gone.Dispose();
        Assert.Throws<ObjectDisposedException>(() => gone.Initialize(Ones));
    }

    [Fact]
    public void Scalars_and_empty_tensors_are_filled_too()
    {
        using Tensor scalar = tensor(0f);
        Assert.Equal(3, scalar.Initialize(Const(3)).item<float>());
        using Tensor none = empty(0, 4);
        Assert.Same(none, none.Initialize(Normal()));
    }
}

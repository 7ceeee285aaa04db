namespace InitDsl.Tests;

/// <summary>The words for rows, as a user of TorchSharp writes them.</summary>
public class RowWordTests
{
    [Fact]
    public void Each_word_addresses_its_rows_and_no_others()
    {
        using LSTM rnn = LSTM(3, 4);
        Assert.Equal((4, 8), Ones(rnn, "bias_ih_l0", When<LSTM>().Gate(Gate.Forget).Bias(Dsl.Ones)));
        using MultiheadAttention attention = MultiheadAttention(6, 2);
        Assert.Equal((12, 18), Ones(attention, "in_proj_weight", When<MultiheadAttention>().Qkv(Qkv.V).Weight(Dsl.Ones)));
        using Conv2d conv = Conv2d(4, 8, 3, groups: 2);
        Assert.Equal((4, 8), Ones(conv, "weight", When<Conv2d>().Group(1).Weight(Dsl.Ones)));
        using Linear fc = Linear(3, 9);
        Assert.Equal((3, 6), Ones(fc, "weight", When<Linear>().Block(3, 1).Weight(Dsl.Ones)));
        Assert.Equal((2, 5), Ones(fc, "weight", When<Linear>().Rows(2..5).Weight(Dsl.Ones)));
        Assert.Equal((2, 5), Ones(fc, "weight", When<Linear>().Rows(2, 5).Weight(Dsl.Ones)));
    }

    /// <summary>The run of rows that a rule fills with ones over zeros.</summary>
    private static (int First, int End) Ones(nn.Module layer, string name, Rule rule)
    {
        layer.Initialize(All.Param("*", Zeros) + rule, seed: 1);
        using Tensor rows = layer.get_parameter(name)!.detach().flatten();
        float[] values = rows.data<float>().ToArray();
        int length = values.Length / (int)layer.get_parameter(name)!.shape[0];
        int first = Array.IndexOf(values, 1f);
        int end = Array.LastIndexOf(values, 1f) + 1;
        Assert.Equal(end - first, values.Count(value => value == 1f));
        Assert.Equal((0, 0), (first % length, end % length));
        return (first / length, end / length);
    }
}

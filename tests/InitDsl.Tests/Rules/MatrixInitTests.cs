namespace InitDsl.Tests;

/// <summary>Which shapes the laws of matrices and kernels take, and what is said to write for the others.</summary>
public class MatrixInitTests
{
    private static readonly Shape Scalar = new();
    private static readonly Shape Vector = new(4);
    private static readonly Shape Matrix = new(4, 4);
    private static readonly Shape Cube = new(2, 2, 1);
    private static readonly Shape Video = new(2, 2, 1, 1, 1);
    private static readonly Shape Sixth = new(2, 2, 1, 1, 1, 1);

    [Fact]
    public void A_shape_that_does_not_fit_is_told_and_what_to_write_instead()
    {
        (Init Init, Shape Shape, string What, string Instead)[] refused =
        [
            (Eye, Cube, "Eye needs a matrix, and the shape [2, 2, 1] is not two-dimensional.", "For a convolution write Dirac()."),
            (Eye, Video, "is not two-dimensional.", "For a convolution write Dirac()."),
            (Eye, Sixth, "is not two-dimensional.", "Write Ones or Zeros."),
            (Eye, Vector, "Eye needs a matrix, and the shape [4] is not two-dimensional.", "Write Ones or Zeros."),
            (Dirac(), Matrix, "Dirac() needs the weight of a convolution, of three to five dimensions, and the shape is [4, 4].", "For a matrix write Eye."),
            (Dirac(), Vector, "and the shape is [4].", "Write Ones or Zeros."),
            (Dirac(2), Sixth, "Dirac(2) needs the weight of a convolution", "Write Ones or Zeros."),
            (DeltaOrthogonal(), Matrix, "and the shape is [4, 4].", "For a matrix write Orthogonal()."),
            (DeltaOrthogonal(), Vector, "and the shape is [4].", "Write Ones or Zeros."),
            (BlockOrthogonal(), Sixth, "BlockOrthogonal() needs the weight of a convolution, of three to five dimensions", "Write Ones or Zeros."),
            (ZerO, Vector, "ZerO needs the weight of a linear layer or a convolution, and the shape is [4].", "Write Zeros, as the paper does for biases."),
            (ZerO, Sixth, "ZerO needs the weight of a linear layer or a convolution", "Write Zeros."),
            (Orthogonal(), Vector, "Orthogonal() needs a matrix, and the shape [4] has fewer than two dimensions.", "Write Ones or Normal(std: …)."),
            (Sparse(0.5), Cube, "Sparse(0.5, 0.01) needs a matrix, and the shape [2, 2, 1] is not two-dimensional.", "Write Normal(std: …), or Zeros."),
            (Irnn(), new(4, 3), "Irnn() needs a square recurrent matrix, and the shape is [4, 3].", "Match weight_hh* of an RNN alone."),
            (Normal().PerBlock(2), Scalar, "Normal(0, 1).PerBlock(2) cuts the first dimension into blocks, and a scalar has none.", "Write Const(…) or Normal(std: …)."),
        ];
        Assert.All(refused, example =>
        {
            string message = Compiling.Refused(All.Weight(example.Init), new(TestModel.Tensor(example.Shape))).Message;
            Assert.Contains(example.What, message, StringComparison.Ordinal);
            Assert.EndsWith($"Rule: All.Weight({example.Init}). {example.Instead}", message, StringComparison.Ordinal);
        });
        Assert.EndsWith(
            "Rule: All.Bias(Orthogonal()). Write .Bias(Zeros).",
            Compiling.Refused(All.Bias(Orthogonal()), TestModel.Of(TestModel.Linear("fc", 4, 2))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Upsampling_says_how_many_groups_there_might_be()
    {
        (Shape Shape, string Instead)[] refused =
        [
            (new(6, 2, 4), "Write BilinearUpsampling(3) if the layer has that many groups."),
            (new(4, 3, 4), "Write Kaiming, or give the layer as many output as input channels."),
            (new(4, 0, 4), "Write Kaiming, or give the layer as many output as input channels."),
        ];
        Assert.All(refused, example => Assert.EndsWith(
            $"so each of 1 groups needs as many outputs as inputs, and the shape is {example.Shape}. Rule: All.Weight(BilinearUpsampling()). {example.Instead}",
            Compiling.Refused(All.Weight(BilinearUpsampling()), new(TestModel.ConvTranspose("up", example.Shape)[0])).Message,
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(4, "Write Eye.PerBlock() for the gates of an LSTM or a GRU, and match weight_hh* alone.")]
    [InlineData(1, "Match weight_hh* of an RNN alone.")]
    public void Irnn_speaks_of_gates_where_there_are_some(int blocks, string instead)
    {
        var store = new MemoryStore(new()
        {
            ModulePath = "rnn", Name = "weight_hh_l0", ModuleType = typeof(FakeLstm), Kind = LayerKind.Recurrent, Role = ParamRole.Weight, Shape = new(8, 2), Blocks = blocks,
        });
        Assert.EndsWith(instead, Compiling.Refused(All.Weight(Irnn()), new(store)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Kernels_of_one_to_three_axes_are_taken()
    {
        Assert.All((Init[])[Dirac(), DeltaOrthogonal(), BlockOrthogonal(), BilinearUpsampling(), ZerO], init =>
            Assert.All((Shape[])[Cube, new(2, 2, 3, 3), Video], shape => Compiling.LawOf(init, TestModel.Conv("c", shape, bias: false)[0])));
        Assert.Equal(new DiracLaw(Video, 1, 1), Compiling.LawOf(Dirac(), TestModel.Tensor(Video)));
    }

    /// <summary>Ones on the diagonal pass as many inputs on as there are outputs; a Hadamard matrix spreads fewer.</summary>
    [Fact]
    public void ZerO_looks_at_inputs_and_outputs()
    {
        Law LawOf(Shape shape) => Compiling.LawOf(ZerO, TestModel.Tensor(shape));
        Assert.Equal(new EyeLaw(4, 4, 1), LawOf(Matrix));
        Assert.Equal(new EyeLaw(2, 4, 1), LawOf(new(2, 4)));
        Assert.Equal(new HadamardLaw(4, 2, 0.5), LawOf(new(4, 2)));

        // The first dimension of a transposed convolution is its inputs.
        Assert.Equal(0.5, Compiling.LawOf(ZerO, TestModel.ConvTranspose("up", new(2, 4, 1))[0]).Max);
        Assert.Equal(new CentredLaw(new EyeLaw(4, 2, 1), 1, 0), Compiling.LawOf(ZerO, TestModel.ConvTranspose("up", new(4, 2, 1))[0]));
        Assert.Equal(new CentredLaw(new EyeLaw(2, 4, 1), 1, 0), Compiling.LawOf(ZerO, TestModel.Conv("c", new(2, 4, 1), bias: false)[0]));
        Assert.Equal(new ConstantLaw(0), LawOf(new(0, 4)));
        Assert.Equal(new ConstantLaw(0), Compiling.LawOf(DeltaOrthogonal(), TestModel.Conv("c", new(4, 0, 3), bias: false)[0]));
    }

    [Fact]
    public void What_is_made_in_one_piece_may_be_as_large_as_an_array()
    {
        Init[] inOnePiece = [Orthogonal(), Sparse(0.5), Orthogonal().Scale(2)];
        Assert.All(inOnePiece, init =>
        {
            Assert.NotNull(Compiling.LawOf(init, TestModel.Imaginary(new(Array.MaxLength, 1), "w")));
            Assert.Contains(
                "is made in one piece of at most 2,147,483,591 elements, and the shape [131072, 16384] has 2,147,483,648.",
                Compiling.Refused(All.Weight(init), new(TestModel.Imaginary(new(1 << 17, 1 << 14), "w"))).Message,
                StringComparison.Ordinal);
        });
        Assert.NotNull(Compiling.LawOf(DeltaOrthogonal(), TestModel.Imaginary(new(Array.MaxLength, 1, 1), "w")));
        Assert.Contains("is made in one piece", Compiling.Refused(All.Weight(DeltaOrthogonal()), new(TestModel.Imaginary(new(1 << 17, 1 << 14, 1), "w"))).Message, StringComparison.Ordinal);
        Assert.Contains("MaskBy(…) is made in one piece", Compiling.Refused(All.Weight(Normal().MaskBy(_ => true)), new(TestModel.Imaginary(new(1 << 17, 1 << 14), "w"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_have_a_limit_and_one_is_the_law_itself()
    {
        Assert.IsType<SlicedLaw>(Compiling.LawOf(Normal().PerBlock(1 << 20), TestModel.Imaginary(new(1 << 20, 1), "w")));
        Assert.EndsWith(
            "Normal(0, 1).PerBlock(2097152) makes 2,097,152 blocks, each with a stream of its own, and 1,048,576 are the most there can be. "
            + "Rule: All.Weight(Normal(0, 1).PerBlock(2097152)). Write the law without PerBlock, or with fewer blocks.",
            Compiling.Refused(All.Weight(Normal().PerBlock(1 << 21)), new(TestModel.Imaginary(new(1 << 21, 1), "w"))).Message,
            StringComparison.Ordinal);
        Law kaiming = Compiling.LawOf(Kaiming, TestModel.Tensor(Matrix));
        Assert.Equal(kaiming, Compiling.LawOf(Kaiming.PerBlock(1), TestModel.Tensor(Matrix)));
        Assert.Equal(kaiming, Compiling.LawOf(Kaiming.RepeatEach(1), TestModel.Tensor(Matrix)));
    }

    [Fact]
    public void Gains_are_written_where_they_are_not_one()
    {
        (Init Init, string Text)[] words =
        [
            (Irnn(), "Irnn()"),
            (Irnn(0.5), "Irnn(0.5)"),
            (Orthogonal().For(Activation.ReLU), "Orthogonal().For(Activation.ReLU)"),
            (Orthogonal(3).For(Activation.ReLU), "Orthogonal().For(Activation.ReLU)"),
            (Orthogonal().For(Activation.ReLU).Gain(1), "Orthogonal()"),
            (DeltaOrthogonal(), "DeltaOrthogonal()"),
            (DeltaOrthogonal().Gain(2), "DeltaOrthogonal(2)"),
            (BlockOrthogonal().Gain(2), "BlockOrthogonal(2)"),
            (BilinearUpsampling(), "BilinearUpsampling()"),
            (BilinearUpsampling(2), "BilinearUpsampling(2)"),
        ];
        Assert.All(words, word => Assert.Equal(word.Text, word.Init.ToString()));
    }
}

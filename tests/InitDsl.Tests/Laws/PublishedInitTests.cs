namespace InitDsl.Tests;

/// <summary>Initializers of published networks against their formulas, written down here a second time.</summary>
public class PublishedInitTests
{
    private const double Inputs = 48;
    private const double Outputs = 20;

    public static TheoryData<string, double, double> ByFans => new()
    {
        { "XavierTruncated", Math.Sqrt(2 / (Inputs + Outputs)), 2 / 0.87962566103423978 },
        { "KaimingTruncated", Math.Sqrt(2 / Inputs), 2 / 0.87962566103423978 },
        { "LeCunTruncated", Math.Sqrt(1 / Inputs), 2 / 0.87962566103423978 },
        { "Caffe2Xavier", Math.Sqrt(1 / Inputs), Math.Sqrt(3) },
        { "SirenFirst()", 1 / Inputs / Math.Sqrt(3), Math.Sqrt(3) },
        { "Siren(30)", Math.Sqrt(6 / Inputs) / 30 / Math.Sqrt(3), Math.Sqrt(3) },
        { "Siren(7)", Math.Sqrt(6 / Inputs) / 7 / Math.Sqrt(3), Math.Sqrt(3) },
        { "SmallInit(768)", Math.Sqrt(2 / (5 * 768.0)), double.PositiveInfinity },
        { "WangInit(768, 12)", 2 / (12 * Math.Sqrt(768)), double.PositiveInfinity },
        { "Fixup(16, 2)", Math.Sqrt(2 / Outputs) * Math.Pow(16, -0.5), double.PositiveInfinity },
        { "Fixup(9, 3)", Math.Sqrt(2 / Outputs) * Math.Pow(9, -0.25), double.PositiveInfinity },
        { "TFixupEncoder(6)", 0.67 * Math.Pow(6, -0.25) * Math.Sqrt(2 / (Inputs + Outputs)), Math.Sqrt(3) },
        { "TFixupDecoder(6)", Math.Pow(54, -0.25) * Math.Sqrt(2 / (Inputs + Outputs)), Math.Sqrt(3) },
        { "TruncNormalSigmas(0, 0.5, 2)", 0.5 * 0.87962566103423978, 2 / 0.87962566103423978 },
        { "TruncNormalSigmas(0, 0.5, 3)", 0.5 * 0.98657839256, 3 / 0.98657839256 },
    };

    private static Init[] Words =>
    [
        XavierTruncated, KaimingTruncated, LeCunTruncated, Caffe2Xavier, SirenFirst(), Siren(), Siren(7), SmallInit(768), WangInit(768, 12),
        Fixup(16), Fixup(9, 3), TFixupEncoder(6), TFixupDecoder(6), TruncNormalSigmas(std: 0.5), TruncNormalSigmas(std: 0.5, cut: 3),
    ];

    /// <param name="name">The initializer as it is written.</param>
    /// <param name="std">Its standard deviation.</param>
    /// <param name="reach">The largest value in standard deviations.</param>
    [Theory]
    [MemberData(nameof(ByFans))]
    public void Deviations_and_bounds_are_the_published_ones(string name, double std, double reach)
    {
        Init init = Assert.Single(Words, word => word.ToString() == name);
        Law law = Compiling.LawOf(init, TestModel.Linear("fc", (long)Outputs, (long)Inputs)[0]);
        Assert.Equal(0, law.Mean, 1e-15);
        Assert.Equal(std, law.Std, std * 1e-9);
        Assert.Equal(reach * std, law.Max, reach * std * 1e-9);
        Assert.Equal(-law.Max, law.Min);
    }

    /// <summary>The law, not only its numbers: FsCheck's shapes and seeds, and distribution functions written out here.</summary>
    [Property(MaxTest = 20)]
    public void Siren_and_the_truncated_laws_are_distributed_as_they_say(Setting setting)
    {
        double first = 1.0 / setting.Columns;
        Follows(setting, SirenFirst(), x => (x + first) / (2 * first));
        double hidden = Math.Sqrt(6.0 / setting.Columns) / 30;
        Follows(setting, Siren(), x => (x + hidden) / (2 * hidden));
        double mass = StandardNormal.Cdf(1.5) - StandardNormal.Cdf(-1.5);
        Follows(setting, TruncNormalSigmas(2, 0.1, 1.5), x => (StandardNormal.Cdf(Math.Clamp((x - 2) / 0.1, -1.5, 1.5)) - StandardNormal.Cdf(-1.5)) / mass);
        Follows(setting, SmallInit(64), x => StandardNormal.Cdf(x / Math.Sqrt(2 / 320.0)));
    }

    [Property(MaxTest = 20)]
    public void Logs_of_uniform_draws_have_their_law(Setting setting, NormalFloat a, NormalFloat width)
    {
        double low = 0.05 + Math.Abs(a.Get % 10);
        double high = low * (1.001 + Math.Abs(width.Get % 50));
        double[] values = Follows(setting, LogOfUniform(low, high), x => Math.Clamp((Math.Exp(x) - low) / (high - low), 0, 1));
        var law = new LogOfUniformLaw(low, high);

        // Of float64 values the bounds are the law's own: rounded to float32 they may lie inside it.
        (double least, double most) = setting.Precise ? (law.Min, law.Max) : ((float)law.Min, (float)law.Max);
        Assert.All(values, value => Assert.InRange(value, least, most));
        double n = values.Length;
        double mean = values.Average();
        Assert.InRange(mean, law.Mean - (6.5 * law.Std / Math.Sqrt(n)) - 1e-6, law.Mean + (6.5 * law.Std / Math.Sqrt(n)) + 1e-6);
        double variance = values.Average(value => (value - law.Mean) * (value - law.Mean));

        // The density rises as the exponential function, whose kurtosis is 9.
        Assert.InRange(variance / (law.Std * law.Std), 1 - (6.5 * Math.Sqrt(8 / n)), 1 + (6.5 * Math.Sqrt(8 / n)));
    }

    /// <summary>By quadrature, narrow and wide, where the closed form is replaced by its series and where it is not.</summary>
    [Theory]
    [InlineData(1, 1.0001)]
    [InlineData(3, 3.05)]
    [InlineData(3, 3.07)]
    [InlineData(1, 783)]
    [InlineData(0.01, 1e6)]
    public void Moments_of_the_log_of_a_uniform_are_its_integrals(double low, double high)
    {
        const int Steps = 2_000_000;
        double mean = 0;
        double square = 0;
        double centre = Math.Log(high);
        for (int i = 0; i < Steps; i++)
        {
            double x = Math.Log(low + ((high - low) * ((i + 0.5) / Steps))) - centre;
            mean += x / Steps;
            square += x * x / Steps;
        }

        var law = new LogOfUniformLaw(low, high);
        Assert.Equal(mean + centre, law.Mean, 1e-5);
        Assert.Equal(1, Math.Sqrt(square - (mean * mean)) / law.Std, 1e-3);
    }

    [Fact]
    public void The_focal_prior_is_the_known_number()
    {
        Assert.Equal(-4.59511985, Compiling.LawOf(FocalPrior(), TestModel.Tensor(new(3))).Mean, 1e-8);
        Assert.Equal(0, Compiling.LawOf(FocalPrior(0.5), TestModel.Tensor(new(3))).Mean, 1e-15);
        Assert.Equal("FocalPrior(0.01)", FocalPrior().ToString());
    }

    [Fact]
    public void Chrono_sets_one_bias_of_an_LSTM_by_time_scales_and_the_other_to_zero()
    {
        const int Hidden = 5000;
        var model = TestModel.Of(TestModel.Lstm("rnn", 3, Hidden));
        Plan plan = When<FakeLstm>().Bias(Chrono(784)).Compile(model);
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        double[] bias = model["rnn.bias_ih_l0"].Doubles;
        double[] forget = bias[Hidden..(2 * Hidden)];
        Assert.Equal(forget.Select(value => -value), bias[..Hidden]);
        Assert.All(bias[(2 * Hidden)..], value => Assert.Equal(0, value));
        Assert.All(model["rnn.bias_hh_l0"].Doubles, value => Assert.Equal(0, value));
        KolmogorovSmirnov.AssertFollows(forget, x => Math.Clamp((Math.Exp(x) - 1) / 782, 0, 1), "forget gate");
        Assert.Equal((-Math.Log(783), Math.Log(783)), (plan.Steps[0].Law.Min, plan.Steps[0].Law.Max));
        Assert.Equal(0, plan.Steps[0].Law.Mean, 1e-12);
        Assert.Equal(Math.Sqrt(bias.Average(value => value * value)), plan.Steps[0].Law.Std, 0.1);
        Assert.Contains(
            "Chrono(784) is a law of an LSTM's biases, and this parameter is not one.",
            Compiling.Refused(When<FakeLinear>().Bias(Chrono(784)), TestModel.Of(TestModel.Linear("fc", 4, 3))).Message);
    }

    [Fact]
    public void Irnn_is_a_scaled_identity_and_square()
    {
        Assert.Equal(new EyeLaw(4, 4, 0.01), Compiling.LawOf(Irnn(0.01), TestModel.Tensor(new(4, 4))));
        Assert.Contains("Write Eye.PerBlock()", Compiling.Refused(
            When<FakeLstm>().Param("weight_hh*", Irnn()), TestModel.Of(TestModel.Lstm("rnn", 4, 4))).Message);
        Assert.Contains("Irnn(2) needs a square recurrent matrix, and the shape is [3, 4].", Compiling.Refused(
            All.Weight(Irnn(2)), new(TestModel.Tensor(new(3, 4)))).Message);
    }

    /// <summary>The values of Caffe's BilinearFiller and of FCN's upsample_filt for kernels of 4 and of 3.</summary>
    [Fact]
    public void Upsampling_kernels_are_the_known_ones()
    {
        double[] four = [0.25, 0.75, 0.75, 0.25];
        double[] three = [0.5, 1, 0.5];
        Assert.Equal(four, UpsamplingLaw.Weights(4));
        Assert.Equal(three, UpsamplingLaw.Weights(3));
        Assert.Equal([1], UpsamplingLaw.Weights(1));

        MemoryStore store = TestModel.ConvTranspose("up", new(2, 2, 4, 3))[0];
        new TestModel(store).Initialize(All.Weight(BilinearUpsampling()));
        double[] kernel = [.. four.SelectMany(_ => three, (row, column) => row * column)];
        double[] zero = new double[12];
        Assert.Equal([.. kernel, .. zero, .. zero, .. kernel], store.Doubles);

        MemoryStore depthwise = TestModel.ConvTranspose("up", new(3, 1, 4), groups: 3)[0];
        new TestModel(depthwise).Initialize(All.Weight(BilinearUpsampling(3)));
        Assert.Equal([.. four, .. four, .. four], depthwise.Doubles);
        Assert.Contains("Write BilinearUpsampling(3) if the layer has that many groups.", Compiling.Refused(
            All.Weight(BilinearUpsampling()), new(depthwise)).Message);
    }

    [Fact]
    public void Exact_laws_have_the_moments_of_their_values()
    {
        (Init Init, Shape Shape)[] exact =
        [
            (ZerO, new(8, 8)), (ZerO, new(5, 9)), (ZerO, new(9, 5)), (ZerO, new(16, 3)), (ZerO, new(12, 5, 3, 2)), (ZerO, new(4, 8, 3)),
            (ZerO, new(2, 1)), (BilinearUpsampling(), new(3, 3, 4, 5)), (BilinearUpsampling(4), new(4, 1, 6)), (Irnn(0.5), new(7, 7)),
            (BilinearUpsampling().Scale(-2), new(1, 1, 4, 4)),
        ];
        Assert.All(exact, example =>
        {
            MemoryStore store = TestModel.Tensor(example.Shape, DType.Float64);
            Plan plan = All.Weight(example.Init).Compile(new TestModel(store));
            plan.Apply();
            Law law = plan.Steps[0].Law;
            double[] values = store.Doubles;
            double mean = values.Average();
            Assert.Equal(mean, law.Mean, 1e-12);
            Assert.Equal(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), law.Std, 1e-12);
            Assert.Equal((values.Min(), values.Max()), (law.Min, law.Max));
            Assert.True(plan.Verify().Passed);
        });
    }

    /// <summary>The claim that the scale is derived from: a square of a power of two is orthonormal, its columns always have length 1 over the padded size.</summary>
    [Fact]
    public void ZerO_keeps_lengths_where_outputs_are_a_power_of_two()
    {
        double[] matrix = new double[16 * 5];
        Filler.Of(Compiling.LawOf(ZerO, TestModel.Tensor(new(16, 5))), default).Fill(0, matrix.AsSpan());
        for (int a = 0; a < 5; a++)
        {
            for (int b = 0; b < 5; b++)
            {
                Assert.Equal(a == b ? 1 : 0, Enumerable.Range(0, 16).Sum(row => matrix[(row * 5) + a] * matrix[(row * 5) + b]), 1e-12);
            }
        }

        Assert.Equal(new EyeLaw(5, 9, 1), Compiling.LawOf(ZerO, TestModel.Tensor(new(5, 9))));
    }

    [Property(MaxTest = 60)]
    public void Delta_orthogonal_kernels_have_an_isometry_at_the_centre_and_zeros_around_it(byte ins, byte more, byte k1, byte k2, long seed)
    {
        int inputs = (ins % 12) + 1;
        int outputs = inputs + (more % 12);
        (int height, int width) = ((k1 % 5) + 1, (k2 % 5) + 1);
        MemoryStore store = TestModel.Conv("conv", new(outputs, inputs, height, width), bias: false)[0];
        Plan plan = All.Weight(DeltaOrthogonal(2)).Compile(new TestModel(store), seed);
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        double[] values = store.Doubles;
        int centre = ((height - 1) / 2 * width) + ((width - 1) / 2);
        double At(int output, int input, int position) => values[(((output * inputs) + input) * height * width) + position];
        for (int a = 0; a < inputs; a++)
        {
            for (int b = 0; b < inputs; b++)
            {
                Assert.Equal(a == b ? 4 : 0, Enumerable.Range(0, outputs).Sum(o => At(o, a, centre) * At(o, b, centre)), 1e-5);
            }
        }

        Assert.Equal(inputs * outputs, values.Count(value => value != 0));
        Assert.Equal(Math.Sqrt(values.Average(value => value * value)), plan.Steps[0].Law.Std, 1e-6);
    }

    [Fact]
    public void Delta_orthogonal_says_what_to_write_where_it_cannot_keep_lengths()
    {
        (MemoryStore Store, string What)[] refused =
        [
            (TestModel.Conv("c", new(4, 8, 3, 3))[0], "needs at least as many output channels as input channels, and 4 < 8. Rule: All.Weight(DeltaOrthogonal()). Write Orthogonal(), or Kaiming."),
            (TestModel.Conv("c", new(8, 2, 3, 3), groups: 4)[0], "this convolution has 4 groups with a matrix each. Rule: All.Weight(DeltaOrthogonal()). Write DeltaOrthogonal().PerBlock(4)."),
            (TestModel.Tensor(new(4, 4)), "DeltaOrthogonal() needs the weight of a convolution, of three to five dimensions, and the shape is [4, 4]. Rule: All.Weight(DeltaOrthogonal()). For a matrix write Orthogonal()."),
            (TestModel.ConvTranspose("c", new(8, 4, 3))[0], "and 4 < 8."),
        ];
        Assert.All(refused, example => Assert.Contains(
            example.What, Compiling.Refused(All.Weight(DeltaOrthogonal()), new(example.Store)).Message));
        Plan grouped = All.Weight(DeltaOrthogonal().PerBlock(4)).Compile(TestModel.Of(TestModel.Conv("c", new(8, 2, 3, 3), groups: 4, bias: false)));
        grouped.Apply();
        Assert.True(grouped.Verify().Passed);
    }

    /// <summary>Σₓ W[x]·W[x + s]ᵀ = gain² at s = 0 and 0 at every other shift: the convolution is an isometry.</summary>
    [Property(MaxTest = 30)]
    public void Block_orthogonal_kernels_are_isometries_at_every_shift(byte ins, byte more, byte kernel, byte dimensions, long seed)
    {
        int inputs = (ins % 4) + 1;
        int outputs = inputs + (more % 4);
        int size = (kernel % 3) + 1;
        int axes = (dimensions % 3) + 1;
        Shape shape = new([outputs, inputs, .. Enumerable.Repeat((long)size, axes)]);
        MemoryStore store = TestModel.Tensor(shape, DType.Float64);
        Plan plan = All.Weight(BlockOrthogonal(3)).Compile(new TestModel(store), seed);
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        double[] values = store.Doubles;
        Assert.Equal(Math.Sqrt(values.Average(value => value * value)), plan.Steps[0].Law.Std, 1e-12);

        int positions = (int)Math.Pow(size, axes);
        int[] Place(int position) => [.. Enumerable.Range(0, axes).Select(axis => position / (int)Math.Pow(size, axes - 1 - axis) % size)];
        ILookup<string, (int A, int B)> shifts = (from a in Enumerable.Range(0, positions)
                                                  from b in Enumerable.Range(0, positions)
                                                  select (a, b)).ToLookup(pair => string.Join(',', Place(pair.a).Zip(Place(pair.b), (x, y) => x - y)));
        string none = string.Join(',', new int[axes]);
        foreach (IGrouping<string, (int A, int B)> shift in shifts)
        {
            for (int i = 0; i < inputs; i++)
            {
                for (int j = 0; j < inputs; j++)
                {
                    double sum = shift.Sum(pair => Enumerable.Range(0, outputs).Sum(output =>
                        values[(((output * inputs) + i) * positions) + pair.A] * values[(((output * inputs) + j) * positions) + pair.B]));
                    Assert.Equal(shift.Key == none && i == j ? 9 : 0, sum, 1e-10);
                }
            }
        }
    }

    [Fact]
    public void Block_orthogonal_says_what_it_needs()
    {
        Assert.Contains("BlockOrthogonal() needs a kernel of equal sizes, and the shape is [4, 4, 3, 1].", Compiling.Refused(
            All.Weight(BlockOrthogonal()), new(TestModel.Conv("c", new(4, 4, 3, 1))[0])).Message);
        Assert.Contains("not transposed", Compiling.Refused(
            All.Weight(BlockOrthogonal()), new(TestModel.ConvTranspose("c", new(4, 4, 3)))).Message);
        Assert.Contains("and 2 < 4", Compiling.Refused(All.Weight(BlockOrthogonal()), new(TestModel.Conv("c", new(2, 4, 3)))).Message);
    }

    [Fact]
    public void Icnr_needs_a_convolution_whose_outputs_can_be_shared_out()
    {
        MemoryStore store = TestModel.Conv("up", new(12, 3, 3, 3), bias: false)[0];
        Plan plan = All.Weight(Icnr(2, Kaiming)).Compile(new TestModel(store));
        plan.Apply();
        Assert.True(plan.Verify().Passed);
        Assert.Equal(Math.Sqrt(2.0 / 27), plan.Steps[0].Law.Std, 1e-12);

        // The fans of a convolution to 12/4 channels.
        PlanStep byOutputs = All.Weight(Icnr(2, Kaiming.FanOut())).Compile(new TestModel(store)).Steps[0];
        Assert.Equal((27.0, 27.0), (byOutputs.FanIn, byOutputs.FanOut));
        Assert.Equal(Math.Sqrt(2.0 / (12 / 4 * 9)), byOutputs.Law.Std, 1e-12);
        double[] values = store.Doubles;
        Assert.All(Enumerable.Range(0, 12 * 27), i => Assert.Equal(values[(i / (4 * 27) * 4 * 27) + (i % 27)], values[i]));
        Assert.NotEqual(values[0], values[4 * 27]);
        Assert.Contains("12 is not divisible by 9", Compiling.Refused(All.Weight(Icnr(3, Kaiming)), new(store)).Message);
        Assert.Contains("write BilinearUpsampling()", Compiling.Refused(
            All.Weight(Icnr(2, Kaiming)), TestModel.Of(TestModel.ConvTranspose("up", new(12, 3, 3, 3)))).Message);
    }

    /// <summary>Trabelsi et al. 2018: E|W|² = 2/(fan-in + fan-out) (Glorot) and 2/fan-in (He), modulus Rayleigh, phase uniform.</summary>
    [Theory]
    [InlineData(DType.Complex64)]
    [InlineData(DType.Complex128)]
    public void Complex_normals_have_a_Rayleigh_modulus_and_a_uniform_phase(DType dtype)
    {
        (Init Init, double Variance)[] laws = [(XavierNormal, 2.0 / 150), (Kaiming, 2.0 / 100), (LeCunNormal, 1.0 / 100)];
        Assert.All(laws, law =>
        {
            (double[] moduli, double[] turns) = Polar(law.Init, dtype, out Law found);
            Assert.Equal(Math.Sqrt(law.Variance), found.Std, 1e-12);
            KolmogorovSmirnov.AssertFollows(moduli, r => 1 - Math.Exp(-r * r / law.Variance), $"{law.Init} modulus");
            KolmogorovSmirnov.AssertFollows(turns, turn => turn, $"{law.Init} phase");
        });
    }

    /// <summary>JAX's complex uniform fills a disk; its complex truncated normal is cut at a modulus of two.</summary>
    [Theory]
    [InlineData(DType.Complex64)]
    [InlineData(DType.Complex128)]
    public void Complex_uniforms_fill_a_disk_and_truncated_normals_are_cut_in_modulus(DType dtype)
    {
        double std = Math.Sqrt(2.0 / 150);
        (double[] moduli, double[] turns) = Polar(XavierUniform, dtype, out Law disk);
        Assert.Equal(std, disk.Std, 1e-12);
        KolmogorovSmirnov.AssertFollows(moduli, r => Math.Clamp(r * r / (2 * std * std), 0, 1), "disk");
        KolmogorovSmirnov.AssertFollows(turns, turn => turn, "phase");

        (moduli, turns) = Polar(XavierTruncated, dtype, out Law cut);

        // JAX's 0.95311164380491208² = 1 − 5e⁻⁴ is E|z|² of what is kept, not divided by its mass, 1 − e⁻⁴.
        double spread = std / Math.Sqrt(0.95311164380491208 * 0.95311164380491208 / (1 - Math.Exp(-4)));
        Assert.Equal(std, cut.Std, 1e-12);
        Assert.InRange(moduli.Max(), 0, 2 * spread * (1 + 1e-6));
        KolmogorovSmirnov.AssertFollows(
            moduli, r => Math.Clamp((1 - Math.Exp(-r * r / (spread * spread))) / (1 - Math.Exp(-4)), 0, 1), "truncated modulus");
        KolmogorovSmirnov.AssertFollows(turns, turn => turn, "phase");
        Assert.Equal(0, moduli.Zip(turns, (r, turn) => r * Math.Cos(2 * Math.PI * turn)).Average(), 6.5 * std / Math.Sqrt(moduli.Length));
    }

    [Fact]
    public void Verify_tells_a_disk_from_a_complex_normal_and_a_fixed_phase_from_a_uniform_one()
    {
        foreach ((Init promised, Init written, string property) in (ReadOnlySpan<(Init, Init, string)>)
                 [(XavierUniform, XavierNormal, "bounds"), (XavierTruncated, XavierUniform, "distribution"), (XavierUniform, Const(0.1), "distribution")])
        {
            MemoryStore store = TestModel.Tensor(new(50, 100), DType.Complex64);
            Plan plan = All.Weight(promised).Compile(new TestModel(store));
            All.Weight(written).Compile(new TestModel(store)).Apply();
            Assert.Equal(property, plan.Verify().Failures[0].Property);
            plan.Apply();
            Assert.True(plan.Verify().Passed);
        }
    }

    [Fact]
    public void Fans_whose_average_is_0_are_refused()
    {
        var spec = new ParamSpec { ModulePath = "", Name = "w", ModuleType = typeof(FakeLinear), Role = ParamRole.Weight, Shape = new(2, 2), LayerFans = new(double.Epsilon, 0) };
        Assert.Contains("divides by the average of fan-in and fan-out, which is 0.", Compiling.Refused(All.Weight(Xavier), new(new MemoryStore(spec))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fans_that_are_0_or_unknown_are_refused_by_name()
    {
        Assert.Contains(
            "Kaiming.FanOut() divides by the fan-out, which is 0. Rule: All.Weight(Kaiming.FanOut()). Give the layer a size, or write Zeros for it.",
            Compiling.Refused(All.Weight(Kaiming.FanOut()), TestModel.Of(TestModel.Linear("fc", 0, 4, bias: false))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "Kaiming needs a fan-in and a fan-out, and this layer has none. Rule: All.Weight(Kaiming). Write Normal(std: …), or From(p => …) with numbers of your own.",
            Compiling.Refused(All.Weight(Kaiming), new(TestModel.Imaginary(new(2, 2), "w"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Siren_of_a_layer_without_inputs_is_refused()
    {
        Assert.All((Init[])[SirenFirst(), Siren()], init => Assert.Contains(
            $"{init} divides by the fan-in, which is 0. Rule: All.Weight({init}). Give the layer a size, or write Zeros for it.",
            Compiling.Refused(All.Weight(init), TestModel.Of(TestModel.Linear("fc", 4, 0, bias: false))).Message,
            StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_that_mean_nothing_are_refused_at_once()
    {
        Action[] mistakes =
        [
            () => TruncNormalSigmas(std: 0),
            () => TruncNormalSigmas(cut: 0),
            () => TruncNormalSigmas(mean: 1, std: 1e-17),
            () => TruncNormalSigmas(cut: 1e-320),
            () => TruncNormalSigmas(std: 1e-320, cut: 1e-10),
            () => TruncNormalSigmas(cut: double.PositiveInfinity),
            () => LogOfUniform(0, 1),
            () => LogOfUniform(2, 2),
            () => Chrono(2),
            () => Chrono(double.NaN),
            () => Irnn(double.NaN),
            () => Siren(0),
            () => Icnr(0, Kaiming),
            () => BilinearUpsampling(0),
            () => DeltaOrthogonal(double.NaN),
            () => FocalPrior(0),
            () => FocalPrior(1),
            () => SmallInit(0),
            () => WangInit(0, 1),
            () => WangInit(1, 0),
            () => Fixup(0),
            () => Fixup(1, 1),
            () => TFixupEncoder(0),
            () => TFixupDecoder(0),
        ];
        Assert.All(mistakes, mistake => Assert.ThrowsAny<ArgumentOutOfRangeException>(mistake));
        Assert.Throws<ArgumentNullException>(() => Icnr(2, null!));

        // What is wrong by itself is not told as what it leads to.
        Assert.DoesNotContain("is so small", Assert.Throws<ArgumentOutOfRangeException>(() => TruncNormalSigmas(std: 0)).Message, StringComparison.Ordinal);
        Assert.StartsWith("cut must be above 0, not -1.", Assert.Throws<ArgumentOutOfRangeException>(() => TruncNormalSigmas(cut: -1)).Message, StringComparison.Ordinal);
        Assert.All((Action[])[() => TFixupEncoder(0), () => TFixupDecoder(0)], mistake => Assert.StartsWith(
            "layers must be 1 or more, not 0.", Assert.Throws<ArgumentOutOfRangeException>(mistake).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_at_the_ends_of_what_there_is_are_counted_with_all_the_same()
    {
        static Law Law(Init init) => Assert.Single(All.Weight(init).Compile(TestModel.Of(TestModel.Linear("fc", 4, 4, bias: false))).Steps).Law;
        Assert.Equal(Law(KaimingNormal.FanOut()).Std, Law(Fixup(4, long.MaxValue)).Std, 1e-12);
        Assert.IsType<ConstantLaw>(Law(TruncNormal(1, 1, 1, Math.BitIncrement(1.0)).Scale(1e-100).Scale(1e-210)));
    }

    private static double[] Follows(Setting setting, Init init, Func<double, double> cdf)
    {
        MemoryStore store = TestModel.Tensor(new(setting.Rows, setting.Columns), setting.DType);
        Plan plan = All.Weight(init).Compile(new TestModel(store), setting.Seed);
        plan.Apply();
        Assert.True(plan.Verify(falseAlarm: 1e-9).Passed, plan.Verify().ToString());
        double[] values = store.Doubles;
        KolmogorovSmirnov.AssertFollows((double[])values.Clone(), cdf, $"{init} {setting}");
        return values;
    }

    private static (double[] Moduli, double[] Turns) Polar(Init init, DType dtype, out Law law)
    {
        MemoryStore store = TestModel.Tensor(new(50, 100), dtype);
        Plan plan = All.Weight(init).Compile(new TestModel(store));
        plan.Apply();
        Assert.True(plan.Verify().Passed, plan.Verify().ToString());
        law = plan.Steps[0].Law;
        (double Re, double Im)[] numbers = [.. store.Doubles.Chunk(2).Select(pair => (pair[0], pair[1]))];
        return (
            [.. numbers.Select(z => Math.Sqrt((z.Re * z.Re) + (z.Im * z.Im)))],
            [.. numbers.Select(z => (Math.Atan2(z.Im, z.Re) / (2 * Math.PI)) + 0.5)]);
    }
}

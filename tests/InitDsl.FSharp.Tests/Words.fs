module InitDsl.Tests.Words

open System
open TorchSharp
open TorchSharp.Modules
open type TorchSharp.torch
open type TorchSharp.torch.nn
open InitDsl
open type InitDsl.Dsl
open Xunit

/// A module of the user's own, as an F# programmer writes it.
type Classifier() as this =
    inherit Module<Tensor, Tensor>("classifier")
    let hidden = Linear(784L, 128L)
    let output = Linear(128L, 10L)
    do this.RegisterComponents()
    override _.forward x = output.call (functional.relu (hidden.call x))

let private net () : Sequential =
    Sequential(struct ("fc1", Linear(64L, 32L) :> Module<Tensor, Tensor>), struct ("fc2", Linear(32L, 8L) :> Module<Tensor, Tensor>))

[<Fact>]
let ``The first line of the README works word for word`` () =
    let model = Sequential(Linear(2L, 2L), Linear(2L, 2L))
    let report = model.Initialize(When<Linear>().Weight(Kaiming).Bias(Const(0.01)), seed = 42L)
    Assert.Equal(4, report.Entries.Count)
    Assert.Equal(42L, report.Seed)
    Assert.All(report.Entries, (fun (entry: ReportEntry) -> if entry.Path.EndsWith "bias" then Assert.Equal(0.01, entry.Found.Mean, 1e-8)))

[<Fact>]
let ``Rules add up, chain and come in lists`` () =
    let general = When<Linear>().Weight(Kaiming).Bias(Zeros)
    let special = Named("fc2").Weight(Normal(std = 0.02).Scale(0.5))
    let model = net ()
    let law (rules: RuleSet) = rules.Compile(model, seed = 1L).Steps |> Seq.map _.Law.ToString() |> Seq.toList
    Assert.Equal<string list>(law (general + special), law (general.Then(special)))
    Assert.Equal<string list>(law (general + special), law (RuleSet.Of [ general; special ]))
    Assert.Equal<string list>(law (general + special), law ([ general; special ] |> Seq.cast<RuleSet> |> Seq.fold (+) RuleSet.Empty))

[<Fact>]
let ``Either branch of an if gives an Init`` () =
    let choose zero = if zero then Const(0.0) else Kaiming.FanOut()
    let list = [ Kaiming; Xavier; Zeros; Orthogonal(); Uniform(-1.0, 1.0); TruncNormal(std = 0.02); Normal(0.0, 0.02); Eye; Sparse(0.1) ]
    Assert.Equal("Const(0)", (choose true).ToString())
    Assert.Equal(9, (list: Init list).Length)

[<Fact>]
let ``Combinators and published initializers read the same`` () =
    let list: Init list =
        [ Kaiming.Clamp(-1.0, 1.0)
          Normal(std = 0.02).Mask(array2D [ [ 1; 0 ]; [ 0; 1 ] ])
          Kaiming.MaskBy(fun at -> at[0] <= at[1])
          Eye.Blend(Normal(std = 0.02), 0.5)
          Kaiming.Cast(DType.BFloat16)
          Orthogonal().PerBlock()
          Orthogonal().PerBlock(4L)
          Icnr(2L, Kaiming)
          Siren()
          Siren(omega = 7.0)
          TruncNormalSigmas(std = 0.02, cut = 3.0)
          ZerO
          FocalPrior(0.01)
          Chrono(784.0) ]
    Assert.Equal("Kaiming.MaskBy(…)", list[2].ToString())
    let model = net ()
    let plan = When<Linear>().Weight(Kaiming.MaskBy(fun at -> at[0] <= at[1])).Bias(Uniform(-1.0, 1.0).Clamp(0.0, 1.0)).Compile(model, seed = 3L)
    plan.Apply() |> ignore
    Assert.True(plan.Verify().Passed)

[<Fact>]
let ``Functions become predicates and computed initializers`` () =
    let rules =
        Where(fun p -> p.Shape.Rank = 2 && not p.Transposed && p.StoredShape = p.Shape && p.Gates.Count = 0 && p.StoredGates.Count = 0 && not p.RowsAreInputs).Weight(From(fun p -> Uniform(-1.0 / Math.Sqrt(p.FanIn), 1.0 / Math.Sqrt(p.FanIn))))
        + When<Linear>().Bias(From(fun p -> if p.Path.StartsWith "fc1" then Zeros else Const(0.5)))
    let plan = rules.Compile(net (), seed = 3L)
    let max path = (plan.Steps |> Seq.find (fun step -> step.Path = path)).Law.Max
    Assert.Equal(0.125, max "fc1.weight", 1e-12)
    Assert.Equal(0.5, max "fc2.bias")

[<Fact>]
let ``Rules see the module, its place and the activation that follows`` () =
    let model =
        Sequential(
            struct ("a", Conv2d(4L, 4L, 3L, groups = 2L) :> Module<Tensor, Tensor>),
            struct ("act", GELU() :> Module<Tensor, Tensor>),
            struct ("b", Conv2d(4L, 4L, 3L) :> Module<Tensor, Tensor>))
    let only (selector: Selector) = (Assert.Single(selector.Weight(Normal()).Compile(model, seed = 1L).Steps)).Path
    Assert.Equal("a.weight", only (When<Conv2d>(fun c -> c.groups > 1L)))
    Assert.Equal("b.weight", only (When<Conv2d>().LastIn<Sequential>()))
    Assert.Equal("b.weight", only (When<Conv2d>().And(Where(fun p -> p.Previous.Is<GELU>()))))
    let depth = When<Conv2d>().Weight(From(fun p -> Const(Convert.ToDouble(10 * p.LayerCount + p.Depth)))).Compile(model, seed = 1L)
    Assert.Equal<Collections.Generic.IEnumerable<Double>>([ 20.0; 21.0 ], depth.Steps |> Seq.map _.Law.Mean |> Seq.toList)
    let auto = When<Conv2d>().Weight(Auto).Compile(model, seed = 1L)
    Assert.Equal(Activation.GELU.Gain / Math.Sqrt 18.0, auto.Steps[0].Law.Std, 1e-12)
    let sine = Activation.Of("sine", (fun z -> Math.Sin z))
    Assert.Equal(Math.Sqrt(2.0 / (1.0 - Math.Exp -2.0)), sine.Gain, 1e-10)
    Assert.Equal("Auto.For(Activation.Of(\"sine\", …))", Auto.For(sine).ToString())

[<Fact>]
let ``Rules are about gates, projections, blocks and ranges of rows`` () =
    let rnn = LSTM(3L, 2L)
    let rules = When<LSTM>().Bias(Zeros) + When<LSTM>().Gate(Gate.Forget).Bias(Ones)
    rules.Compile(rnn, seed = 1L).Apply() |> ignore
    let biases = rnn.named_parameters () |> Seq.filter (fun struct (name, _) -> name.StartsWith "bias")
    Assert.Equal(2.0f, biases |> Seq.sumBy (fun struct (_, bias) -> bias.sum().item<float32> ()))
    let attention = MultiheadAttention(4L, 2L)
    let plan = When<MultiheadAttention>().Qkv(Qkv.Q ||| Qkv.V).Weight(Xavier).Compile(attention, seed = 1L)
    Assert.Equal<int64 list>([ 0L; 8L ], (Assert.Single plan.Steps).Slices |> Seq.map _.First |> Seq.toList)
    let linear = net ()
    let rows = When<Linear>().Weight(Kaiming) + Named("fc1").Rows(0, 4).Weight(Zeros).Bias(Ones) + Named("fc2").Block(2L, 1L).Weight(Orthogonal())
    Assert.True(rows.Compile(linear, seed = 1L).Steps |> Seq.sumBy _.Slices.Count = 3)
    Assert.Equal("Named(\"fc1\").Rows(1..4)", Named("fc1").Rows(Range(Index 1, Index 4)).ToString())

[<Fact>]
let ``Selectors have named twins for every operator`` () =
    let linear = When<Linear>()
    let selector = linear.And(Named("fc1").Not()).Or(In("nowhere"))
    let plan = selector.Weight(Ones).Compile(net (), seed = 1L)
    Assert.Equal("fc2.weight", (Assert.Single plan.Steps).Path)
    Assert.Equal(4, When<Linear, Conv2d>().Param("*", Ones).Compile(net (), seed = 1L).Steps.Count)
    Assert.Equal(4, When(typeof<Linear>, typeof<GRU>).Param("*", Ones).Compile(net (), seed = 1L).Steps.Count)
    Assert.Equal(4, All.Param("*", Ones).Compile(net (), seed = 1L).Steps.Count)

[<Fact>]
let ``A plan is read, applied, visited and verified`` () =
    let model = new Classifier()
    let rules = When<Linear>().Weight(Xavier.For(Activation.Tanh)).Bias(Zeros)
    let plan = rules.Compile(model, seed = 7L)
    for step in plan.Steps do
        Assert.False(Double.IsNaN(step.Law.Mean + step.Law.Std))
        Assert.Same(rules, step.Rule)
        Assert.Empty step.Shadowed
        Assert.Equal(step.Spec.FanIn, step.FanIn.Value)
    Assert.Contains("hidden.weight", plan.Explain())
    Assert.Contains("hidden.weight", plan.Explain(fold = false))
    plan.Apply() |> ignore
    Assert.True(plan.Verify().Passed)
    model.apply (plan.Visitor()) |> ignore
    Assert.True(plan.Verify(falseAlarm = 1e-9).Passed)

[<Fact>]
let ``Applying tells how far it is and can be cancelled`` () =
    let plan = When<Linear>().Weight(Kaiming).Compile(net (), seed = 1L)
    let heard = ResizeArray<ApplyProgress>()
    let progress = { new IProgress<ApplyProgress> with member _.Report value = heard.Add value }
    let token = TestContext.Current.CancellationToken
    Assert.Equal(2, plan.Apply(1).Entries.Count)
    Assert.Equal(2, plan.Apply(maxThreads = 1).Entries.Count)
    plan.Apply(progress = progress, cancellationToken = token) |> ignore
    plan.Apply(maxThreads = 2, progress = progress, cancellationToken = token) |> ignore
    let last = ApplyProgress("fc2.weight", 2304L, 2304L, 2, 2)
    Assert.Equal<ApplyProgress list>([ last; last ], List.ofSeq heard)
    let cancelled =
        Assert.Throws<ApplyCanceledException>(fun () -> plan.Apply(cancellationToken = Threading.CancellationToken true) |> ignore)
    Assert.Equal<string list>([ "fc1.weight"; "fc2.weight" ], List.ofSeq cancelled.Written.NotAtAll)
    net().Initialize(When<Linear>().Weight(Kaiming), RandomSource.Philox 1L, progress, token) |> ignore

[<Fact>]
let ``One tensor, given values and PyTorch's own numbers`` () =
    use weight = torch.empty (16L, 8L)
    Assert.Same(weight, weight.Initialize(XavierUniform, seed = 1L))
    use half = torch.full ([| 4L; 4L |], Scalar.op_Implicit 0.5)
    weight.Initialize(Const(0.25)) |> ignore
    Assert.Equal(0.25f, weight.max().item<float32> ())
    let model = Sequential(Linear(4L, 4L))
    model.Initialize(When<Linear>().Weight(Values(half)).Bias(Values([| 1.0; 2.0; 3.0; 4.0 |]))) |> ignore
    model.Initialize(When<Linear>().Weight(Kaiming), RandomSource.Torch(42L)) |> ignore
    model.Initialize(When<Linear>().Weight(Kaiming), RandomSource.Philox(42L)) |> ignore

[<Fact>]
let ``What cannot be right is an exception with every diagnostic`` () =
    let refused =
        Assert.Throws<InitException>(fun () -> When<Linear>().Bias(Xavier).Compile(net (), seed = 1L) |> ignore)
    Assert.Equal(2, refused.Diagnostics |> Seq.filter (fun d -> d.Severity = Severity.Error && d.Code = "INIT001") |> Seq.length)

[<Fact>]
let ``Shapes are equal by value and gains have names`` () =
    Assert.Equal<Shape>(Shape(2L, 3L), Shape([| 2L; 3L |]))
    Assert.Equal(Math.Sqrt(2.0 / 1.04), Activation.LeakyReLU(0.2).Gain, 1e-12)
    Assert.Equal("VarianceScaling(2, FanMode.FanOut, Distribution.Normal)", VarianceScaling(2.0, FanMode.FanOut, Distribution.Normal).ToString())
    Assert.Equal("Dirac(2)", Dirac(2L).ToString())
    Assert.Equal("Kaiming.WithFans(Fans.Torch)", Kaiming.WithFans(Fans.Torch).ToString())

[<Fact>]
let ``Presets are rule sets like any others`` () =
    let model = net ()
    let rules: RuleSet =
        if model.training then Presets.Bert.Then(Named("fc2").Weight(Normal(std = 0.01).ZeroPaddingRow()))
        else Presets.VisionTransformer(VisionTransformerMode.Jax)
    Assert.Equal(0.01, rules.Compile(model, seed = 1L).Steps |> Seq.find (fun step -> step.Path = "fc2.weight") |> _.Law.Std, 1e-15)
    let several = RuleSet.Of [ Presets.Gpt2(); Presets.Gpt2 12; Presets.Keras; Presets.MuP(BaseWidths.Of model) ]
    Assert.Equal(4, several.Compile(model, seed = 1L).Steps.Count)

[<Fact>]
let ``Models are built without memory and filled at once`` () =
    let rules = When<Linear>().Weight(Kaiming).Bias(Zeros)
    let ordinary = new Classifier()
    ordinary.Initialize(rules, seed = 4L) |> ignore
    let deferred = Deferred.Build((fun () -> new Classifier()), rules, seed = 4L)
    let later = Deferred.Build(fun () -> new Classifier())
    Assert.All(later.parameters (), (fun p -> Assert.Equal(DeviceType.META, p.device_type)))
    later.Initialize(rules, seed = 4L) |> ignore
    for model in [ deferred; later ] do
        for struct (a, b) in Seq.zip (ordinary.parameters ()) (model.parameters ()) |> Seq.map (fun (a, b) -> struct (a, b)) do
            Assert.True(a.equal(b).all().ToBoolean())
    let table = Deferred.Build((fun () -> Deferred.Embedding(7L, 3L, padding_idx = 2L)), When<Embedding>().Weight(TorchDefault), RandomSource.Philox 1L)
    Assert.Equal(21L, table.parameters () |> Seq.sumBy (fun p -> p.numel ()))

[<Fact>]
let ``Rules are text and plans are values`` () =
    let rules = When<Linear>().Weight(Kaiming).Bias(Zeros)
    let back = RuleSet.Parse(rules.ToJson())
    let a, b = rules.Compile(net (), seed = 1L), back.Compile(net (), seed = 2L)
    Assert.Equal(rules.ToString(), back.ToString())
    Assert.False(a.Diff(b).IsEmpty)
    Assert.Equal(a.Fingerprint, PlanRecord.Parse(a.ToJson()).Fingerprint)
    let path = IO.Path.GetTempFileName()
    try
        IO.File.WriteAllText(path, rules.ToJson())
        Assert.Equal(a.Fingerprint, RuleSet.Load(path).Compile(net (), seed = 1L).Record().Fingerprint)
    finally
        IO.File.Delete path
    let wrong = Assert.Throws<InitTextException>(fun () -> RuleSet.Parse "[" |> ignore)
    Assert.Equal(1, wrong.Problems.Count)
    Assert.Contains(InitTextException.Code, wrong.Message)

[<Fact>]
let ``Values come from files, and data calibrates`` () =
    let path = IO.Path.GetTempFileName()
    try
        let trained = net ()
        trained.save(path) |> ignore
        let model = net ()
        model.Initialize(FromStateDict path, seed = 1L) |> ignore
        let renamed = FromStateDict(path, map = (fun name -> if name.StartsWith "fc2" then null else name), ``partial`` = true)
        let plan = When<Linear>().Weight(Kaiming).Bias(Zeros).Then(renamed.In "fc1").Compile(model, seed = 1L)
        let laws = plan.Steps |> Seq.choose (fun step -> match step.Law with :? FileLaw as law -> Some law | _ -> None) |> Seq.toList
        Assert.Equal<string list>([ "fc1.weight"; "fc1.bias" ], laws |> List.map _.TensorName)
        for law in laws do
            Assert.Equal(path, law.File)
            Assert.Equal(DType.Float32, law.Stored)
            Assert.Equal(0L, law.Rounded)
        Assert.Empty plan.Model.Buffers
        Assert.NotEqual(ParamRole.Buffer, plan.Steps[0].Spec.Role)
        plan.Apply() |> ignore
        let inputs = (plan.Steps |> Seq.find (fun step -> step.Path = "fc1.weight")).Shape[1]
        let batch = torch.linspace(-3.0, 3.0, 32L * inputs).sin().reshape(32L, inputs)
        let report = Calibrate.Lsuv(model, batch, tolerance = 0.05)
        Assert.True report.Converged
        for layer in report.Layers do
            Assert.Equal(1.0, layer.VarianceAfter, 0.05)
        Assert.Empty report.Skipped
        let again = Calibrate.LsuvBy(model, (fun () -> model.call(batch) |> ignore), layers = Named "fc1", orthonormal = false)
        Assert.Equal("fc1", (Seq.exactlyOne again.Layers).Path)
    finally
        IO.File.Delete path

[<Fact>]
let ``Properties are asked the same way`` () =
    let options = InitLawOptions(Deviation = 0.3, Seed = 7L)
    let mine = From(fun p -> Normal(std = 1.0 / Math.Sqrt p.FanIn))
    Assert.True(InitLaws.Check(mine, options).Passed)
    Assert.True(InitLaws.Examine(mine).Passed)
    let rules = When<Linear>().Weight(Kaiming).Bias(Zeros)
    let through = InitLawOptions(Deviation = 0.3, Input = (fun () -> torch.ones (4L, 64L)), VarianceFactor = 50.0)
    Assert.True(InitLaws.CheckModel((fun () -> net ()), rules, through).Passed)
    let forward = InitLawOptions(Input = (fun () -> torch.ones (4L, 64L)), VarianceDirection = VarianceDirection.Forward, VarianceFactor = 50.0, Properties = InitProperties.Variance)
    Assert.True(InitLaws.CheckModel((fun () -> net ()), rules, forward).Passed)
    Assert.True(InitLaws.ExamineModel((fun () -> net ()), rules, options).Passed)
    Assert.True(InitLaws.CheckConstructor((fun () -> Linear(8L, 4L)), Presets.TorchDefault, options).Passed)
    Assert.True(InitLaws.ExamineConstructor((fun () -> Linear(8L, 4L)), Presets.TorchDefault, options).Passed)
    Assert.True(InitLaws.CheckFill((fun t -> t.uniform_(-1.0, 1.0) |> ignore), Uniform(-1.0, 1.0), options).Passed)
    let coin = StatedLaw.Discrete([| 0.0; 1.0 |], [| 0.5; 0.5 |])
    Assert.True(InitLaws.CheckFill((fun t -> t.bernoulli_ 0.5 |> ignore), coin, options).Passed)
    Assert.False(InitLaws.ExamineFill((fun t -> t.fill_ (0.5.ToScalar()) |> ignore), Normal(), options).Holds(InitProperties.Symmetry ||| InitProperties.Moments))
    Assert.True(InitLaws.CheckSeededFill((fun t g -> t.uniform_(-1.0, 1.0, g) |> ignore), Uniform(-1.0, 1.0), options).Passed)

[<Fact>]
let ``Laws of one's own, arbitraries and their cases read the same`` () =
    let options = InitLawOptions(Deviation = 0.3, Seed = 7L)
    let unit = StatedLaw.Continuous((fun x -> Math.Clamp(x, 0.0, 1.0)), mean = 0.5, std = 1.0 / Math.Sqrt 12.0, min = 0.0, max = 1.0)
    Assert.True(InitLaws.CheckFill((fun t -> t.uniform_(0.0, 1.0) |> ignore), unit, options).Passed)
    Assert.True(InitLaws.ExamineFill((fun t -> t.uniform_(0.0, 1.0) |> ignore), unit, options).Passed)
    Assert.True(InitLaws.ExamineSeededFill((fun t g -> t.uniform_(-1.0, 1.0, g) |> ignore), Uniform(-1.0, 1.0), options).Passed)
    let some (arbitrary: FsCheck.Arbitrary<'a>) = FsCheck.FSharp.Gen.sample 5 arbitrary.Generator
    Assert.All(some (InitArbitraries.Shapes()), (fun (shape: Shape) -> Assert.InRange(shape.Rank, 0, 4)))
    Assert.All(some (InitArbitraries.Specs()), (fun (spec: ParamSpec) -> Assert.NotEmpty spec.Path))
    Assert.All(some (InitArbitraries.Laws()), (fun (law: Law) -> Assert.True(law.Min <= law.Max)))
    Assert.All(some (InitArbitraries.Inits()), (fun (init: Init) -> Assert.NotEmpty(string init)))
    Assert.All(some (InitArbitraries.Rules()), (fun (rule: Rule) -> Assert.NotEmpty(string rule)))
    Assert.All(some (InitArbitraries.RuleSets()), (fun (rules: RuleSet) -> Assert.InRange(rules.Rules.Count, 1, 4)))
    Assert.Equal(5, (some (InitArbitraries.Seeds())).Length)
    for model: SmallModel in some (InitArbitraries.Models()) do
        Assert.Equal(Convert.ToInt64 model.Widths[0], model.Input().shape[1])
        Assert.NotEmpty(model.Build().named_parameters())
        Assert.True(model.Convolutional || model.ToString().Contains "Linear")
        Assert.Equal(model.Norms && model.Widths.Count > 2, model.ToString().Contains "Norm")
    for case: InitCase in some (InitArbitraries.Cases()) do
        Assert.Equal(case.Seed, case.Model.Build().Initialize(case.Rules, seed = case.Seed).Seed)
    let small = SmallModel(false, [| 3; 4 |], false)
    Assert.Equal("""Sequential(("fc1", Linear(3, 4))).Initialize(All.Weight(Zeros), seed: 1)""", string (InitCase(small, All.Weight(Zeros), 1L)))

[<Fact>]
let ``Every initializer is a word`` () =
    let inits: Init list =
        [ XavierNormal; XavierTruncated; KaimingNormal; KaimingUniform; KaimingTruncated; LeCunNormal; LeCunUniform; LeCunTruncated
          Caffe2Xavier; BilinearUpsampling(); DeltaOrthogonal(); BlockOrthogonal(2.0); Fixup(16L, layers = 2L); Irnn(); SirenFirst()
          SmallInit 64L; WangInit(64L, 12L); TFixupEncoder 6L; TFixupDecoder 6L; LogOfUniform(1.0, 99.0)
          Kaiming.FanAverage(); Kaiming.RepeatEach 2L ]
    Assert.Equal(inits.Length, inits |> Seq.map string |> Seq.distinct |> Seq.length)

[<Fact>]
let ``Every activation has a name and a gain`` () =
    let activations =
        [ Activation.CELU(); Activation.ELU; Activation.ELUWithAlpha 0.5; Activation.GEGLU; Activation.GELUTanh; Activation.GLU
          Activation.Hardshrink(); Activation.Hardsigmoid; Activation.Hardswish; Activation.Hardtanh(); Activation.LogSigmoid
          Activation.Mish; Activation.ReGLU; Activation.ReLU; Activation.ReLU6; Activation.RReLU(); Activation.SELU
          Activation.Sigmoid; Activation.SiLU; Activation.Softplus(); Activation.Softshrink(); Activation.Softsign
          Activation.SquaredReLU; Activation.SwiGLU; Activation.Tanhshrink ]
    Assert.All(activations, (fun activation -> Assert.True(activation.Gain > 0.0 && activation.Name <> "")))

[<Fact>]
let ``Every preset is a rule set`` () =
    let presets =
        [ Presets.ConvNeXt; Presets.Dcgan; Presets.EfficientNet; Presets.Llama; Presets.LstmLanguageModel; Presets.ResNet; Presets.ResNetTorchvision ]
    Assert.All(presets, (fun preset -> Assert.NotEmpty preset.Rules))

[<Fact>]
let ``Places, groups and kept rows`` () =
    let model = net ()
    let kept = When<Linear>().Keep() + When<Linear>().ChildOf<Sequential>().FirstIn<Sequential>().Weight(Kaiming).StreamAs("old")
    let plan = kept.Compile(model, RandomSource.Philox 5L)
    let step = Assert.Single plan.Steps
    Assert.Equal(StreamKey.Of(5L, "old.weight"), step.Stream)
    Assert.Equal(3, plan.Untouched.Count)
    Assert.Equal(RandomSource.Philox 5L, plan.Source)
    Assert.Equal(4, plan.Model.Stores.Count)
    Assert.Equal(step.Shape.Elements, step.Store.Spec.Shape.Elements)
    Assert.Equal(Double.NegativeInfinity, step.Law.Min)
    let report = plan.Apply()
    Assert.Equal(3, report.Untouched.Count)
    Assert.Equal(plan.Source, report.Source)
    Assert.True(report.Elapsed >= (Seq.head report.Entries).Elapsed)
    let verified = plan.Verify()
    Assert.Equal(1, verified.Parameters)
    Assert.Empty verified.Failures
    Assert.True(verified.FalseAlarm < 1e-5)
    let rows = (Named("fc1").Rows(0L, until = 4L).Weight(Ones) + Named("fc1").Rows(2L, 4L).Keep()).Compile(model, seed = 1L)
    let slice = (Assert.Single rows.Steps).Slices[0]
    Assert.Equal(4L, slice.End)
    Assert.Empty slice.Shadowed
    Assert.NotEqual(slice.Stream, (Assert.Single rows.Steps).Stream)
    let grouped = When<Conv2d>().Group(1L).Weight(Zeros).Compile(Conv2d(4L, 4L, 3L, groups = 2L), seed = 1L)
    Assert.Equal(2L, (Assert.Single grouped.Steps).Slices[0].First)

[<Fact>]
let ``Streams give words, dtypes their facts, interruptions what they left`` () =
    let words = Array.zeroCreate<uint32> 8
    StreamKey.Of(1L, "a").Slice("b").FillWords(0L, Span<uint32> words)
    Assert.Equal(8, words |> Array.distinct |> Array.length)
    Assert.True(DType.Float16.IsReal() && DType.Complex64.IsComplex())
    Assert.Equal(16, DType.Complex128.Size())
    let plan = When<Linear>().Weight(Kaiming).Compile(net (), seed = 1L)
    let cancelled =
        Assert.Throws<ApplyCanceledException>(fun () -> plan.Apply(cancellationToken = Threading.CancellationToken true) |> ignore)
    Assert.Empty cancelled.Written.Whole
    Assert.Empty cancelled.Written.InPart

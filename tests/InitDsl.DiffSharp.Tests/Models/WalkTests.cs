namespace InitDsl.Tests;

/// <summary>Which parameters a model has, and what they are called.</summary>
public class WalkTests
{
    [Fact]
    public void A_layer_alone_has_parameters_without_a_path() =>
        Assert.Equal(["weight", "bias"], Seen.Paths(Layers.Linear(3, 2)));

    [Fact]
    public void Models_without_a_name_have_their_index() =>
        Assert.Equal(
            ["0.weight", "0.bias", "1.0.weight", "1.0.bias", "1.1.weight", "1.1.bias"],
            Seen.Paths(Layers.Sequential(Layers.Linear(3, 2), Layers.Sequential(Layers.BatchNorm1d(2), Layers.Linear(2, 2)))));

    [Fact]
    public void Models_with_a_name_have_it_and_own_parameters_keep_theirs() =>
        Assert.Equal(["scale", "mixing-weight", "hidden.weight", "hidden.bias", "head.weight", "head.bias"], Seen.Paths(new Net()));

    [Fact]
    public void Composed_models_are_found()
    {
        // (Linear --> Linear) --> Linear
        var inner = Model<Tensor, Tensor>.compose<Tensor>(Layers.Linear(3, 4), Layers.Linear(4, 5));
        var outer = Model<Tensor, Tensor>.compose<Tensor>(inner, Layers.Linear(5, 2));
        Dictionary<string, ParamSpec> specs = Seen.Specs(outer);
        Assert.Equal(["0.0.weight", "0.0.bias", "0.1.weight", "0.1.bias", "1.weight", "1.bias"], specs.Keys);
        Assert.All(specs.Values, spec => Assert.Equal(typeof(Linear), spec.ModuleType));
    }

    [Fact]
    public void The_models_of_a_variational_autoencoder_are_found()
    {
        var vae = new VAEMLP(12, 2, new([8, 6]), null, null);
        Assert.Equal(
            Enumerable.Range(0, 7).SelectMany(i => new[] { $"{i}.weight", $"{i}.bias" }),
            Seen.Paths(vae));
        Assert.Equal(new Shape(8, 12), Seen.Specs(vae)["0.weight"].Shape);
        Assert.Equal(new Shape(2, 6), Seen.Specs(vae)["2.weight"].Shape);
    }

    [Fact]
    public void A_recurrent_layer_holds_its_cells_under_the_names_of_PyTorch() =>
        Assert.Equal(
            from reverse in new[] { "", "_reverse" }
            from layer in new[] { 0, 1 }
            from name in new[] { "weight_ih", "weight_hh", "bias" }
            select $"{name}_l{layer}{reverse}",
            Seen.Paths(Layers.Lstm(3, 4, layers: 2, bidirectional: true)));

    [Fact]
    public void A_recurrent_layer_is_of_its_own_type_and_a_cell_of_its() =>
        Assert.Equal(
            [typeof(LSTM), typeof(RNN), typeof(LSTMCell)],
            from model in new ModelBase[] { Layers.Lstm(3, 4), Layers.Rnn(3, 4), Layers.LstmCell(3, 4) } select Seen.Specs(model).Values.First().ModuleType);

    [Fact]
    public void What_stands_in_for_a_missing_parameter_is_none()
    {
        Assert.Equal(["weight"], Seen.Paths(Layers.Linear(3, 2, bias: false)));
        Assert.Equal(["weight_ih_l0", "weight_hh_l0"], Seen.Paths(Layers.Lstm(3, 2, bias: false)));
        Assert.Empty(Seen.Paths(Layers.BatchNorm1d(3, affine: false)));
    }

    [Fact]
    public void Own_parameters_without_a_name_have_their_index()
    {
        var model = new Model<Tensor, Tensor>(null, new([new Parameter(Make.Zeros(2)), new Parameter(Make.Zeros(3))]), null, null);
        Assert.Equal(["parameter_0", "parameter_1"], Seen.Paths(model));
        Assert.Equal([new Shape(2), new Shape(3)], Seen.Specs(model).Values.Select(spec => spec.Shape));
    }

    [Fact]
    public void Every_parameter_that_DiffSharp_lists_is_found_once()
    {
        foreach (ModelBase model in new ModelBase[] { new Net(), new Tied(), Layers.Lstm(3, 4, 2), new VAEMLP(12, 2, null, null, null) })
        {
            Parameter[] listed = [.. model.parameters.Select(entry => entry.Item2).Distinct()];
            Assert.Equal(listed.Sum(parameter => (long)parameter.value.nelement), Seen.Specs(model).Values.Sum(spec => spec.Shape.Elements));
            Assert.Equal(listed.Length, new DiffSharpModel(model).Stores.Count);
        }
    }

    [Fact]
    public void A_model_in_two_places_is_tied()
    {
        ParameterStore weight = new DiffSharpModel(new Tied()).Stores[0];
        Assert.Equal("first.weight", weight.Spec.Path);
        Assert.Equal("second.weight", Assert.Single(weight.Aliases).Path);
    }

    [Fact]
    public void A_matrix_that_a_layer_holds_transposed_is_so_under_every_name()
    {
        ParameterStore table = new DiffSharpModel(new Borrowing()).Stores[0];
        ParamSpec alias = Assert.Single(table.Aliases);
        Assert.Equal(("table", "layer.weight"), (table.Spec.Path, alias.Path));
        Assert.All([table.Spec, alias], spec => Assert.Equal((true, new Shape(2, 5), new FanCount(5, 2)), (spec.Transposed, spec.Shape, spec.LayerFans!.Value)));
    }

    [Fact]
    public void A_model_that_contains_itself_is_refused()
    {
        var child = new Model<Tensor, Tensor>(null, null, null, null);
        var root = new Model<Tensor, Tensor>(null, null, null, null);
        child.addModel(root, "back");
        root.addModel(child, "child");
        InitException refused = Assert.Throws<InitException>(() => All.Weight(Zeros).Compile(root, seed: 1));
        Assert.Equal("INIT007", Assert.Single(refused.Diagnostics).Code);
        Assert.Contains("child.back", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_knows_what_comes_next()
    {
        Dictionary<string, ParamSpec> specs = Seen.Specs(Layers.Sequential(Layers.Linear(3, 2), Layers.BatchNorm1d(2), Layers.Linear(2, 2)));
        Assert.True(specs["0.weight"].Next.Is<BatchNorm1d>());
        Assert.Equal((true, false), (specs["0.weight"].NormFollows, specs["2.weight"].NormFollows));
        Assert.Null(Seen.Specs(new Net())["hidden.weight"].Next);
    }

    [Fact]
    public void A_normalization_is_seen_through_dropout_and_after_a_nested_sequence()
    {
        Assert.True(Seen.Specs(Layers.Sequential(Layers.Linear(3, 2), new Dropout(null), Layers.BatchNorm1d(2)))["0.weight"].NormFollows);
        Assert.True(Seen.Specs(Layers.Sequential(Layers.Sequential(Layers.Linear(3, 2)), Layers.BatchNorm1d(2)))["0.0.weight"].NormFollows);
        Assert.False(Seen.Specs(Layers.Sequential(Layers.BatchNorm1d(2), Layers.BatchNorm1d(2)))["0.weight"].NormFollows);
    }

    [Fact]
    public void A_sequence_with_a_forward_of_its_own_has_no_order() =>
        Assert.Equal(
            (null, false),
            (Seen.Specs(new Backwards())["0.weight"].Next, Seen.Specs(new Backwards())["0.weight"].NormFollows));

    [Fact]
    public void Names_that_would_become_one_stay_as_they_are()
    {
        var model = new Scaled();
        model.addParameter(new Parameter(Make.Ones(2)), "Scaled-gain");
        Assert.Equal(["bias", "gain", "weight"], Seen.Paths(model).Order(StringComparer.Ordinal));
        model.addParameter(new Parameter(Make.Ones(2)), "gain");
        Assert.Equal(["Scaled-gain", "bias", "gain", "weight"], Seen.Paths(model).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_that_only_look_like_random_ones_stay()
    {
        var model = new Model<Tensor, Tensor>(null, null, null, null);
        model.addParameter(new Parameter(Make.Ones(2)), "Parameter-scale");
        model.addModel(Layers.Linear(2, 2), "Model-head");
        Assert.Equal(["Parameter-scale", "Model-head.weight", "Model-head.bias"], Seen.Paths(model));
    }

    [Fact]
    public void A_convolution_without_a_bias_has_none() =>
        Assert.Equal(["weight"], Seen.Paths(new Conv2d(2, 3, 3, null, null, null, null, null, null, null, false)));

    [Fact]
    public void Only_what_the_layer_itself_registers_can_stand_for_a_missing_parameter()
    {
        var norm = new Tempered();
        norm.addParameter(new Parameter(Make.Scalar(2)), "temperature");
        Assert.Equal(["temperature"], Seen.Paths(norm));
        norm.Initialize(All.Param("temperature", Const(3)), seed: 1);
        Assert.Equal([3], Seen.Values(norm.parameters.Single(entry => entry.Item1 == "temperature").Item2.value));
    }

    [Fact]
    public void Only_cells_of_its_kind_belong_to_a_recurrent_layer()
    {
        LSTM lstm = Layers.Lstm(3, 4);
        lstm.addModel(Layers.Linear(2, 2), "LSTM-layer-7");
        lstm.addModel(new RNNCell(2, 2, null, null, null), "LSTM-layer-8");
        Assert.Equal(
            ["weight_ih_l0", "weight_hh_l0", "bias_l0", "LSTM-layer-7.weight", "LSTM-layer-7.bias", "LSTM-layer-8.weight_ih", "LSTM-layer-8.weight_hh", "LSTM-layer-8.bias"],
            Seen.Paths(lstm));
    }

    [Fact]
    public void Two_parameters_with_one_path_are_refused()
    {
        LSTM lstm = Layers.Lstm(3, 4);
        lstm.addParameter(new Parameter(Make.Ones(2)), "weight_ih_l0");
        Refused(lstm, "\"weight_ih_l0\"");

        var dotted = new Model<Tensor, Tensor>(null, null, null, null);
        dotted.addParameter(new Parameter(Make.Ones(2)), "a.weight");
        dotted.addModel(Layers.Linear(2, 2), "a");
        Refused(dotted, "\"a.weight\"");

        var numbered = new Model<Tensor, Tensor>(null, null, null, null);
        numbered.addModel(Layers.Linear(2, 2), "1");
        numbered.addModel(Layers.Linear(2, 2));
        Refused(numbered, "\"1.weight\"", "\"1.bias\"");

        static void Refused(ModelBase model, params string[] paths)
        {
            InitException refused = Assert.Throws<InitException>(() => All.Weight(Zeros).Compile(model, seed: 1));
            Assert.Equal(paths.Length, refused.Diagnostics.Count);
            Assert.All(paths, path => Assert.Contains(path, refused.Message, StringComparison.Ordinal));
            Assert.All(refused.Diagnostics, found => Assert.Equal("INIT007", found.Code));
        }
    }

    [Fact]
    public void Models_without_end_are_refused()
    {
        var deep = new Model<Tensor, Tensor>(null, null, null, null);
        for (int level = 0; level < ModelWalk.DeepestPath + 2; level++)
        {
            var around = new Model<Tensor, Tensor>(null, null, null, null);
            around.addModel(deep, "m");
            deep = around;
        }

        Assert.Contains("levels deep", Assert.Throws<InitException>(() => ModelWalk.From(deep)).Message, StringComparison.Ordinal);

        // Twice as many paths a level.
        var shared = new Model<Tensor, Tensor>(null, null, null, null);
        for (int level = 0; level < 20; level++)
        {
            var around = new Model<Tensor, Tensor>(null, null, null, null);
            around.addModel(shared, "a");
            around.addModel(shared, "b");
            shared = around;
        }

        Assert.Contains("paths lead to", Assert.Throws<InitException>(() => ModelWalk.From(shared)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_parameters_is_told_how_it_shows_them()
    {
        Plan plan = All.Weight(Zeros).Compile(new Model<Tensor, Tensor>(null, null, null, null), seed: 1);
        Assert.Contains("after addParameter and addModel", Assert.Single(plan.Diagnostics).Message, StringComparison.Ordinal);
    }
}

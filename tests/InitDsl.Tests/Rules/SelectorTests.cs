namespace InitDsl.Tests;

public class SelectorTests
{
    [Fact]
    public void When_matches_subclasses_too() =>
        Assert.Equal(["conv.weight", "up.weight"], Selected(When<FakeConvolution>()));

    [Fact]
    public void When_takes_several_types()
    {
        string[] expected = ["fc.weight", "norm.weight", "enc.0.fc.weight"];
        Assert.Equal(expected, Selected(When<FakeLinear, FakeNorm>()));
        Assert.Equal(expected, Selected(When(typeof(FakeLinear), typeof(FakeNorm))));
        Assert.All((Func<Selector>[])[() => When(), () => When(typeof(FakeLinear), null!)], of => Assert.Equal(
            "When needs at least one module type, and none of them null. (Parameter 'types')", Assert.Throws<ArgumentException>(of).Message));
        Assert.Equal("types", Assert.Throws<ArgumentNullException>(() => When((Type[])null!)).ParamName);
        Assert.Equal("predicate", Assert.Throws<ArgumentNullException>(() => When<FakeLinear>(null!)).ParamName);
        Assert.Equal("predicate", Assert.Throws<ArgumentNullException>(() => Where(null!)).ParamName);
        Assert.Throws<ArgumentException>(() => Dsl.When(Array.Empty<ModuleTypeName>()));
    }

    [Fact]
    public void Named_matches_module_paths_and_not_parameters()
    {
        Assert.Equal(["fc.weight"], Selected(Named("fc")));
        Assert.Empty(Selected(Named("fc.weight")));
    }

    [Fact]
    public void In_matches_at_and_beneath_a_module()
    {
        Assert.Equal(["enc.0.fc.weight"], Selected(In("enc")));
        Assert.Equal(["enc.0.fc.weight"], Selected(In("enc.*")));
        Assert.Equal(["fc.weight"], Selected(When<FakeLinear>().In("fc")));
        Assert.Equal(5, Selected(In("")).Length);
    }

    [Fact]
    public void And_or_not_are_those_of_logic_and_have_operators()
    {
        Selector linear = When<FakeLinear>();
        Selector fc = Named("fc");
        Assert.Equal(["fc.weight"], Selected(linear & fc));
        Assert.Equal(Selected(linear.And(fc)), Selected(linear & fc));
        Assert.Equal(Selected(linear.Or(fc)), Selected(linear | fc));
        Assert.Equal(Selected(linear.Not()), Selected(!linear));
        Assert.Equal(Selected(!(linear & fc)), Selected(!linear | !fc));
        Assert.Equal(Selected(All), Selected(linear | !linear));
        Assert.All((Func<Selector>[])[() => null! & fc, () => fc & null!, () => null! | fc, () => fc | null!, () => !(Selector)null!], of => Assert.Equal("selector", Assert.Throws<ArgumentNullException>(of).ParamName));
    }

    [Fact]
    public void Where_sees_fans_shape_and_path() =>
        Assert.Equal(["conv.weight"], Selected(Where(p => p.LayerFans is not null && p.FanIn == 27 && p.Path.StartsWith('c'))));

    [Fact]
    public void Inside_an_opaque_module_inner_paths_are_matched_as_well()
    {
        var inner = new MemoryStore(new()
        {
            ModulePath = "enc.layers.0.linear1",
            InnerPath = "layers.0.linear1",
            Name = "weight",
            ModuleType = typeof(FakeModule),
            Role = ParamRole.Weight,
            Shape = new(2, 2),
        });
        foreach (string pattern in (string[])["enc", "enc.layers.0.linear1", "enc.layers.*.weight"])
        {
            Assert.Single(Named(pattern).Weight(Zeros).Compile(new TestModel(inner)).Steps);
        }

        Assert.Single(When<FakeModule>().Param("layers.0.linear1.weight", Zeros).Compile(new TestModel(inner)).Steps);
        Assert.Single(When<FakeModule>().Param("weight", Zeros).Compile(new TestModel(inner)).Steps);
        Assert.Empty(When<FakeLinear>().Weight(Zeros).Compile(new TestModel(inner)).Steps);
    }

    [Fact]
    public void Selectors_read_as_they_are_written()
    {
        Assert.Equal("When<FakeLinear, FakeNorm>()", When<FakeLinear, FakeNorm>().ToString());
        Assert.Equal("Named(\"*.c_proj\").And(Where(…).Not())", (Named("*.c_proj") & !Where(_ => true)).ToString());
        Assert.Equal("When<FakeLinear>().In(\"enc\").Or(All)", (When<FakeLinear>().In("enc") | All).ToString());
    }

    private static string[] Selected(Selector selector)
    {
        TestModel model = TestModel.Of(
            TestModel.Linear("fc", 4, 3, bias: false),
            TestModel.Conv("conv", new(8, 3, 3, 3), bias: false),
            TestModel.ConvTranspose("up", new(8, 3, 3, 3)),
            [TestModel.Norm("norm", 4)[0]],
            TestModel.Linear("enc.0.fc", 4, 3, bias: false));
        return [.. selector.Weight(Zeros).Compile(model).Steps.Select(step => step.Path)];
    }
}

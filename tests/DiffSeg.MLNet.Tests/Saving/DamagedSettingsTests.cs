using DiffSeg.MLNet.Masks;
using DiffSeg.MLNet.Painting;
using DiffSeg.MLNet.Saving;

namespace DiffSeg.MLNet.Tests.Saving;

/// <summary>Settings out of a model file that the options would have refused.</summary>
public sealed class DamagedSettingsTests
{
    private const string Mask = """
        {"OutputColumn":"Mask","InputColumns":["Fine"],"Shapes":[{"Heads":1,"Height":16,"Width":16}],"ModelHeight":128,"ModelWidth":128,"Fit":0,"MaskHeight":5,
        "MaskWidth":6,"Columns":0,"Algorithm":{"Iterations":3,"AnchorsPerSide":8},"Aggregation":{}}
        """;

    [Fact]
    public void Settings_as_they_were_saved_are_taken() => Assert.Equal(6, SavedForm.Parse<MaskSettings>(Mask).MaskWidth);

    [Theory]
    [InlineData("\"Fine\"", "null")]
    [InlineData("[\"Fine\"]", "[]")]
    [InlineData("[\"Fine\"]", "null")]
    [InlineData("\"Heads\":1", "\"Heads\":0")]
    [InlineData("\"ModelHeight\":128", "\"ModelHeight\":-128")]
    [InlineData("\"MaskHeight\":5", "\"MaskHeight\":0")]
    [InlineData("\"MaskHeight\":5", "\"MaskHeight\":2000000000")]
    [InlineData("\"Fit\":0", "\"Fit\":9")]
    [InlineData("\"Columns\":0", "\"Columns\":-1")]
    [InlineData("\"Iterations\":3", "\"Iterations\":2147483647")]
    [InlineData("\"AnchorsPerSide\":8", "\"AnchorsPerSide\":80")]
    [InlineData("\"Aggregation\":{}", "\"Aggregation\":null")]
    [InlineData("\"Aggregation\":{}", "\"Aggregation\":{\"Weights\":[-1]}")]
    [InlineData("}", "")]
    public void Damage_is_said(string text, string damaged)
    {
        Assert.Contains(text, Mask, StringComparison.Ordinal);

        var error = Assert.Throws<FormatException>(() => SavedForm.Parse<MaskSettings>(Mask.Replace(text, damaged, StringComparison.Ordinal)));

        Assert.StartsWith("The saved model's DiffSeg settings are damaged: ", error.Message);
    }

    [Fact]
    public void A_mask_of_one_side_is_damage() => Assert.Throws<FormatException>(() => SavedForm.Parse<PaintSettings>(
        """{"OutputColumn":"O","ImageColumn":"I","MaskColumn":"M","Opacity":0.3,"OutlineWidth":2,"Fit":1,"ModelHeight":9,"ModelWidth":9,"MaskHeight":4,"MaskWidth":-4}"""));
}

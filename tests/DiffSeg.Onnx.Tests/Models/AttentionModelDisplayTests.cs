using System.Buffers.Binary;

namespace DiffSeg.Onnx.Tests.Models;

public class AttentionModelDisplayTests
{
    [Fact]
    public void The_card_tells_form_resolutions_size_and_licence()
    {
        string html = AttentionModel.Demo.ToHtml();
        Assert.Contains("<th scope=\"row\">attention</th><td class=\"ds-wrap\">Resolutions, 4 outputs</td>", html);
        Assert.Contains("64 x 64, 32 x 32, 16 x 16, 8 x 8", html);
        Assert.Contains("512 x 512 pixels", html);
        Assert.Contains("<th scope=\"row\">licence</th><td class=\"ds-wrap\">MIT</td>", html);
        Assert.Matches("<td class=\"ds-wrap\">[0-9.]+ KiB</td>", html);
    }

    [Fact]
    public void The_picture_has_a_row_for_each_fact()
    {
        byte[] png = AttentionModel.Demo.ToPng();
        Assert.InRange(BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)), 300, 450);
    }

    [Fact]
    public void A_model_that_was_moved_away_still_has_a_card()
    {
        string folder = Directory.CreateTempSubdirectory("diffseg-test-").FullName;
        string path = Path.Combine(folder, "a & b.onnx");
        File.Copy(AttentionModel.Demo.Path, path);
        AttentionModel model = AttentionModel.Load(path);
        Directory.Delete(folder, recursive: true);
        Assert.Contains("the file is not there any more", model.ToHtml());
        Assert.Contains("a &amp; b.onnx", model.ToHtml());
    }
}

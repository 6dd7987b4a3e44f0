using CsCheck;
using DiffSeg.MLNet.Geometry;

namespace DiffSeg.MLNet.Tests.Geometry;

public sealed class MaskPlacementTests
{
    private static readonly Gen<(int Height, int Width, ImageFit Fit, int Tokens)> Pictures =
        from height in Gen.Int[8, 3000]
        from width in Gen.Int[8, 3000]
        from fit in Gen.Enum<ImageFit>()
        from tokens in Gen.OneOf(Gen.Const(8), Gen.Const(16), Gen.Const(60), Gen.Const(64), Gen.Const(96))
        where Math.Max(height, width) / Math.Min(height, width) < 64
        select (height, width, fit, tokens);

    [Fact]
    public void Every_mask_pixel_lies_on_its_picture_pixel()
        => Pictures.Sample(picture =>
        {
            (int height, int width, ImageFit fit, int tokens) = picture;
            var fitted = new FittedImage(height, width, 512, 512, fit);
            MaskPlacement placement = MaskPlacement.Of(
                fitted, 512, 512, tokens, tokens, fitted.CoveredHeight, fitted.CoveredWidth);
            double cell = 512.0 / tokens;
            foreach (int x in new[] { 0, fitted.CoveredWidth / 3, fitted.CoveredWidth - 1 })
            {
                double token = placement.Grid.Left
                    + ((x + 0.5) * placement.Grid.SpanWidth / placement.Grid.OutputWidth) - 0.5;
                double onModel = (placement.Window.Left + token + 0.5) * cell;
                Assert.Equal(fitted.Left + ((fitted.CoveredLeft + x + 0.5) * fitted.ScaleX), onModel, 1e-6);
            }

            foreach (int y in new[] { 0, fitted.CoveredHeight / 3, fitted.CoveredHeight - 1 })
            {
                double token = placement.Grid.Top
                    + ((y + 0.5) * placement.Grid.SpanHeight / placement.Grid.OutputHeight) - 0.5;
                double onModel = (placement.Window.Top + token + 0.5) * cell;
                Assert.Equal(fitted.Top + ((fitted.CoveredTop + y + 0.5) * fitted.ScaleY), onModel, 1e-6);
            }
        });

    [Fact]
    public void Window_holds_the_tokens_whose_centre_shows_the_picture()
        => Pictures.Sample(picture =>
        {
            (int height, int width, ImageFit fit, int tokens) = picture;
            var fitted = new FittedImage(height, width, 512, 512, fit);
            TokenWindow window = MaskPlacement.Of(fitted, 512, 512, tokens, tokens, 10, 10).Window;
            double cell = 512.0 / tokens;
            int[] shown = [.. Enumerable.Range(0, tokens).Where(
                t => (t + 0.5) * cell >= fitted.Top && (t + 0.5) * cell < fitted.Top + fitted.Height)];
            if (shown.Length > 0)
            {
                Assert.Equal((shown[0], shown.Length), (window.Top, window.Height));
            }

            Assert.InRange(window.Height, 1, tokens);
            Assert.InRange(window.Top, 0, tokens - window.Height);
            Assert.InRange(window.Width, 1, tokens);
            Assert.InRange(window.Left, 0, tokens - window.Width);
        });

    [Fact]
    public void Square_picture_has_the_whole_map()
    {
        MaskPlacement placement = MaskPlacement.Of(
            new FittedImage(700, 700, 512, 512, ImageFit.Pad), 512, 512, 64, 64, 512, 512);
        Assert.Equal(new TokenWindow(0, 0, 64, 64), placement.Window);
        Assert.Equal(MaskGrid.Whole(64, 64, 512, 512), placement.Grid);
    }
}

using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Inputs;

public sealed class ImageFinderTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ImageFinder _finder;

    public ImageFinderTests() => _finder = new ImageFinder(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Folder_gives_its_pictures_in_order_and_nothing_else()
    {
        foreach (string name in new[] { "p/b.PNG", "p/a.jpg", "p/c.webp", "p/d.jpeg", "p/e.bmp", "p/f.gif", "p/notes.txt", "p/noextension", "p/inner/x.jpg" })
        {
            _folder.Touch(name);
        }

        Assert.Equal(["p/a.jpg", "p/b.PNG", "p/c.webp", "p/d.jpeg", "p/e.bmp", "p/f.gif"], Names("p"));
    }

    [Fact]
    public void Recursive_folder_gives_those_of_its_folders_too()
    {
        _folder.Touch("p/a.jpg");
        _folder.Touch("p/inner/deep/x.jpg");

        Assert.Equal(["p/a.jpg", "p/inner/deep/x.jpg"], Names(recursive: true, "p"));
    }

    [Fact]
    public void Results_of_an_earlier_run_are_not_inputs_of_a_folder_or_a_pattern()
    {
        foreach (string name in new[] { "a.jpg", "a.mask.png", "a.overlay.png", "b.MASK.png" })
        {
            _folder.Touch(name);
        }

        Assert.Equal(["a.jpg"], Names("."), (expected, found) => found.EndsWith(expected, StringComparison.Ordinal));
        Assert.Equal([], Names("*.jpg").Except(["a.jpg"]));
        Assert.Contains("No picture matches '*.png'", Assert.Throws<SetupException>(() => Names("*.png")).Message);
    }

    [Fact]
    public void File_is_taken_whatever_its_name()
    {
        _folder.Touch("odd.mask.png");
        _folder.Touch("picture");

        Assert.Equal(["odd.mask.png", "picture"], Names("odd.mask.png", "picture"));
    }

    [Fact]
    public void Picture_named_twice_is_taken_once()
    {
        _folder.Touch("p/a.jpg");
        _folder.Touch("p/b.jpg");

        Assert.Equal(["p/b.jpg", "p/a.jpg"], Names("p/b.jpg", "p", "p/*.jpg", Path.Combine(_folder.Path, "p", "a.jpg")));
    }

    [Theory]
    [InlineData("p/*.jpg", "p/a.jpg", "p/b.jpg")]
    [InlineData("p/a*", "p/a.jpg", "p/a.png")]
    [InlineData("**/*.jpg", "p/a.jpg", "p/b.jpg", "p/q/c.jpg")]
    [InlineData("p/*/*.JPG", "p/q/c.jpg")]
    [InlineData("./p/q/../*.png", "p/a.png")]
    public void Pattern_gives_what_matches(string pattern, params string[] expected)
    {
        foreach (string name in new[] { "p/a.jpg", "p/b.jpg", "p/a.png", "p/a.txt", "p/q/c.jpg" })
        {
            _folder.Touch(name);
        }

        Assert.Equal(expected, Names(pattern));
    }

    [Fact]
    public void Absolute_pattern_works()
    {
        _folder.Touch("p/a.jpg");

        Assert.Equal(["p/a.jpg"], Names(Path.Combine(_folder.Path, "p", "*.jpg")));
    }

    [Fact]
    public void File_with_a_star_in_its_name_is_a_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        _folder.Touch("a*b.jpg");
        _folder.Touch("axb.jpg");

        Assert.Equal(["a*b.jpg"], Names("a*b.jpg"));
    }

    [Fact]
    public void Inputs_that_name_nothing_are_all_listed_with_what_to_do()
    {
        _folder.Touch("photos/a.jpg");
        _folder.Touch("photos/inner/a.txt");
        Directory.CreateDirectory(_folder["empty"]);

        var problem = Assert.Throws<SetupException>(
            () => Names("photos", "phtos", "none/a.jpg", "empty", "*.gif", "none/*.jpg", "a?.jpg", " "));

        Assert.Equal(
            [
                "'phtos' does not exist. Did you mean 'photos'?",
                $"'none/a.jpg' does not exist: there is no folder '{_folder["none"]}'.",
                "The folder 'empty' holds no pictures (.jpg, .jpeg, .png, .bmp, .gif, .webp). Its subfolders are searched with --recursive.",
                "No picture matches '*.gif' (.jpg, .jpeg, .png, .bmp, .gif, .webp).",
                $"'none/*.jpg' matches nothing: there is no folder '{_folder["none"]}{Path.DirectorySeparatorChar}'.",
                "'a?.jpg': the wildcards are * (part of a name) and ** (any folders); there is no ?.",
                "An input is empty. Give a file, a folder or a pattern such as \"photos/*.jpg\".",
            ],
            problem.Message.Split(Environment.NewLine));
    }

    [Fact]
    public void Empty_folder_searched_to_the_bottom_is_not_told_to_search_deeper()
    {
        Directory.CreateDirectory(_folder["empty/inner"]);

        Assert.EndsWith(".webp).", Assert.Throws<SetupException>(() => Names(recursive: true, "empty")).Message);
    }

    private string[] Names(params string[] inputs) => Names(recursive: false, inputs);

    private string[] Names(bool recursive, params string[] inputs) =>
        [.. _finder.Find(inputs, recursive).Select(image => Path.GetRelativePath(_folder.Path, image.Path).Replace('\\', '/'))];
}

using DiffSeg.Cli.Pulling;

namespace DiffSeg.Cli.Tests.Pulling;

public class HubSettingsTests
{
    private readonly Dictionary<string, string> _variables = [];

    [Fact]
    public void Usual_hub_gets_the_token_of_the_environment()
    {
        _variables["HF_TOKEN"] = " secret\n";

        HubSettings hub = From();

        Assert.Equal(("https://huggingface.co/", "secret", false), (hub.Server.AbsoluteUri, hub.Token, hub.Offline));
        Assert.Equal("https://huggingface.co/org/name/resolve/main/unet/weights.pb", hub.AddressOf("org/name", "main", "unet/weights.pb").AbsoluteUri);
        Assert.Equal("https://huggingface.co/org/name/resolve/refs%2Fpr%2F1/a.json", hub.AddressOf("org/name", "refs/pr/1", "a.json").AbsoluteUri);
    }

    [Theory]
    [InlineData("https://a.example/hf/", "https://a.example/hf/o/n/resolve/main/f")]
    [InlineData("https://a.example", "https://a.example/o/n/resolve/main/f")]
    public void Mirror_takes_the_hubs_place(string mirror, string address) =>
        Assert.Equal(address, From(mirror).AddressOf("o/n", "main", "f").AbsoluteUri);

    [Fact]
    public void Command_line_wins_over_our_variable_and_that_over_the_hubs()
    {
        _variables["HF_ENDPOINT"] = "https://hf.example";
        Assert.Equal("hf.example", From().Server.Host);

        _variables["DIFFSEG_MIRROR"] = "https://own.example";
        Assert.Equal("own.example", From().Server.Host);
        Assert.Equal("line.example", From("https://line.example").Server.Host);
    }

    [Fact]
    public void Token_of_the_hub_goes_to_its_other_address_but_to_no_mirror()
    {
        _variables["HF_TOKEN"] = "secret";
        _variables["HF_ENDPOINT"] = "https://hf.example";
        Assert.Equal("secret", From().Token);
        Assert.Null(From("https://line.example").Token);
        Assert.Equal("mine", From("https://line.example", "mine").Token);

        _variables["DIFFSEG_MIRROR"] = "https://own.example";
        Assert.Null(From().Token);
    }

    [Theory]
    [InlineData("DIFFSEG_OFFLINE", "1", true)]
    [InlineData("DIFFSEG_OFFLINE", "0", false)]
    [InlineData("HF_HUB_OFFLINE", "TRUE", true)]
    [InlineData("HF_HUB_OFFLINE", "", false)]
    public void Offline_by_the_environment(string variable, string value, bool offline)
    {
        _variables[variable] = value;

        Assert.Equal(offline, From().Offline);
    }

    [Theory]
    [InlineData("example", "--mirror takes the address of a server such as https://huggingface.co, not 'example'.")]
    [InlineData("ftp://example.org", "--mirror takes the address of a server such as https://huggingface.co, not 'ftp://example.org'.")]
    [InlineData("https://example.org?x=1", "--mirror takes the address of a server such as https://huggingface.co, not 'https://example.org?x=1'.")]
    public void Mirror_that_is_no_address_is_refused(string mirror, string message) =>
        Assert.Equal(message, Assert.Throws<SetupException>(() => From(mirror)).Message);

    [Fact]
    public void Token_is_not_sent_where_others_can_read_it()
    {
        _variables["DIFFSEG_MIRROR"] = "http://own.example";
        Assert.Null(From().Token);

        Assert.Equal(
            "DIFFSEG_MIRROR 'http://own.example' is not encrypted, and a token would be sent there. Give an https address, or no token.",
            Assert.Throws<SetupException>(() => From(token: "secret")).Message);
        Assert.Equal("secret", From("http://127.0.0.1:8080", "secret").Token);
    }

    private HubSettings From(string? mirror = null, string? token = null) =>
        HubSettings.From(mirror, token, offline: false, _variables.GetValueOrDefault);
}

package dev.assent.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/// Looks through a comment of ours for anything that would do something where it is shown.
final class Inertness {

    private static final Pattern OURS =
            Pattern.compile(
                    "(?s)<!-- assent:[^>]*-->\\s*|</?(details|summary|b)>.*|<details><summary>.*");
    private static final Pattern LIVE = Pattern.compile("@[A-Za-z]|(?<![\\w&])#[0-9]");

    private Inertness() {}

    /// What would do something; empty where nothing does.
    static List<String> of(String markdown) {
        var live = new ArrayList<String>();
        Parser.builder()
                .extensions(List.of(TablesExtension.create()))
                .build()
                .parse(markdown)
                .accept(
                        new AbstractVisitor() {
                            @Override
                            public void visit(Link link) {
                                live.add("link to " + link.getDestination());
                            }

                            @Override
                            public void visit(Image image) {
                                live.add("image of " + image.getDestination());
                            }

                            @Override
                            public void visit(HtmlInline html) {
                                live.add("HTML " + html.getLiteral());
                            }

                            @Override
                            public void visit(HtmlBlock html) {
                                if (!OURS.matcher(html.getLiteral()).matches()) {
                                    live.add("HTML " + html.getLiteral());
                                }
                            }

                            @Override
                            public void visit(Text text) {
                                if (LIVE.matcher(text.getLiteral()).find()) {
                                    live.add("text " + text.getLiteral());
                                }
                            }
                        });
        return live;
    }
}

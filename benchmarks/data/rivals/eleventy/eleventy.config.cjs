// Eleventy with a minimal theme. Lists of a topic are cut into pages here, since Eleventy paginates one list a template.
const SIZE = 50;

module.exports = (config) => {
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  const newest = (items) => items.getFilteredByGlob("posts/*.md").reverse();
  config.addCollection("newest", newest);
  config.addCollection("topicPages", (items) => {
    const topics = new Map();
    for (const item of newest(items)) {
      for (const topic of item.data.topics) {
        if (!topics.has(topic)) topics.set(topic, []);
        topics.get(topic).push(item);
      }
    }
    return [...topics].flatMap(([topic, own]) =>
      Array.from({ length: Math.ceil(own.length / SIZE) }, (_, number) => ({
        address: `/tags/${topic}/` + (number ? `page/${number + 1}/` : ""),
        items: own.slice(number * SIZE, (number + 1) * SIZE),
        next: (number + 1) * SIZE < own.length ? `/tags/${topic}/page/${number + 2}/` : "",
      })),
    );
  });
  return { markdownTemplateEngine: false, dir: { input: ".", output: "out" } };
};

# Writes what Jekyll knows of each article, before its layout, into the file that FEEDS_TRUTH names.
require "json"

rows = []

Jekyll::Hooks.register :documents, :post_render do |document|
  rows << {key: document.relative_path, address: document.url, title: document.data["title"], body: document.content}
end

Jekyll::Hooks.register :site, :post_write do
  File.write(ENV["FEEDS_TRUTH"], JSON.generate(rows)) if ENV["FEEDS_TRUTH"]
end
